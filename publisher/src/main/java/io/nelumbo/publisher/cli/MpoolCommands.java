package io.nelumbo.publisher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nelumbo mpool}: asks a running node. */
final class MpoolCommands {
    private MpoolCommands() {}

    static CommandLine group(final Session session) {
        return Group.of(
                "mpool",
                "What is committed and not yet confirmed.",
                new Pending(session),
                new Nonce(session));
    }

    /** {@code nelumbo mpool pending}. */
    @Command(
            name = "pending",
            mixinStandardHelpOptions = true,
            description = "Lists messages that are committed and not yet confirmed on chain.",
            footerHeading = "%nExample:%n",
            footer = "  nelumbo mpool pending --from f1…")
    static final class Pending implements Callable<Integer> {
        private final Session session;

        @Option(
                names = "--from",
                paramLabel = "<address>",
                description = "Only messages of this account.")
        private @Nullable FilecoinAddress from;

        Pending(final Session session) {
            this.session = session;
        }

        @Override
        public Integer call() throws IOException {
            final JsonNode pending =
                    NodeClient.of(session)
                            .call("MpoolPending", JsonNodeFactory.instance.arrayNode());
            final ArrayNode chosen = JsonNodeFactory.instance.arrayNode();
            final List<String> lines = new ArrayList<>();
            for (final JsonNode signed : pending) {
                final SentMessage message = SentMessage.of(signed);
                if (from == null || from.equals(FilecoinAddress.parse(message.from()))) {
                    chosen.add(signed);
                    lines.add(message.line());
                }
            }
            session.answer(
                    lines.isEmpty() ? "nothing is pending" : String.join("\n", lines), chosen);
            return ExitCodes.OK;
        }
    }

    /** {@code nelumbo mpool nonce}. */
    @Command(
            name = "nonce",
            mixinStandardHelpOptions = true,
            description = "Prints the nonce that the next message of an account will get.",
            footerHeading = "%nExample:%n",
            footer = "  nelumbo mpool nonce f1…")
    static final class Nonce implements Callable<Integer> {
        private final Session session;

        @Parameters(paramLabel = "ADDRESS", description = "The account.")
        private @Nullable FilecoinAddress address;

        Nonce(final Session session) {
            this.session = session;
        }

        @Override
        public Integer call() throws IOException {
            final String account = String.valueOf(address);
            final JsonNode nonce =
                    NodeClient.of(session).call("MpoolGetNonce", TextNode.valueOf(account));
            session.answer(
                    nonce.asText(), Session.object().put("address", account).set("nonce", nonce));
            return ExitCodes.OK;
        }
    }
}
