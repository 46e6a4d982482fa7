package io.nelumbo.publisher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nelumbo send}. */
@Command(
        name = "send",
        mixinStandardHelpOptions = true,
        description = {
            "Publishes one message: returns when it is committed by a majority, with its nonce and"
                    + " CID. Every message has a request id; repeating a command with the same"
                    + " --request-id answers with the same message and never sends a second."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  nelumbo send --from f1… --to f1… --value 0.5FIL",
            "  nelumbo send --from f1… --to f1… --value 0.5FIL --request-id $(uuidgen)"
        })
final class SendCommand implements Callable<Integer> {
    private final Session session;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "<address>",
            description = "The account that pays; its key is in the nodes' keystores.")
    private @Nullable FilecoinAddress from;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "<address>",
            description = "Who receives.")
    private @Nullable FilecoinAddress to;

    @Option(
            names = "--value",
            required = true,
            paramLabel = "<amount>",
            description = "How much, with its unit: 1.5FIL, 200attoFIL; or 0.")
    private FilAmount value = new FilAmount(BigInteger.ZERO);

    @Option(
            names = "--request-id",
            paramLabel = "<uuid>",
            description = "The request's id. Default: a new one.")
    private UUID requestId = UUID.randomUUID();

    @Option(
            names = "--method",
            paramLabel = "<number>",
            description =
                    "The actor's method. Default: a transfer, which is 0, or InvokeEVM from an"
                            + " f410 account.")
    private @Nullable Long method;

    @Option(
            names = "--params",
            paramLabel = "<base64>",
            description = "The method's parameters, CBOR in base64. Default: none.")
    private @Nullable Base64Text params;

    SendCommand(final Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        final JsonNode signed;
        try {
            signed = NodeClient.of(session).call("MpoolPushMessage", message(), spec());
        } catch (final CommandFailure failure) {
            throw new CommandFailure(
                    failure.exitCode(), failure.reason() + " (request id " + requestId + ")");
        }
        final SentMessage sent = SentMessage.of(signed);
        final ObjectNode json =
                Session.object()
                        .put("requestId", requestId.toString())
                        .put("cid", sent.cid())
                        .set("nonce", signed.path("Message").path("Nonce"));
        json.set("signedMessage", signed);
        session.answer(
                "cid:        %s\nnonce:      %s\nrequest id: %s"
                        .formatted(sent.cid(), sent.nonce(), requestId),
                json);
        return ExitCodes.OK;
    }

    /** Gas is 0: the node asks the chain. */
    private ObjectNode message() {
        return Session.object()
                .put("Version", 0)
                .put("To", String.valueOf(to))
                .put("From", String.valueOf(from))
                .put("Nonce", 0)
                .put("Value", value.atto().toString())
                .put("GasLimit", 0)
                .put("GasFeeCap", "0")
                .put("GasPremium", "0")
                .put(
                        "Method",
                        method == null
                                ? FilecoinMessage.transferMethod(Objects.requireNonNull(from))
                                : method)
                .put("Params", params == null ? null : params.canonical());
    }

    private ObjectNode spec() {
        return Session.object()
                .put("MaxFee", "0")
                .put("MsgUuid", requestId.toString())
                .put("MaximizeFeeCap", false);
    }
}
