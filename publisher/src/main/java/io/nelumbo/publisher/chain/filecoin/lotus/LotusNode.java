package io.nelumbo.publisher.chain.filecoin.lotus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.nelumbo.publisher.chain.UpstreamFailure;
import io.nelumbo.publisher.chain.filecoin.Cid;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.MalformedValue;
import io.nelumbo.publisher.jsonrpc.JsonRpcClient;
import io.nelumbo.publisher.jsonrpc.JsonRpcFailure;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The questions that a Filecoin node is asked, one method each. Any thread; futures complete on the
 * HTTP client's threads, and exceptionally with {@link UpstreamFailure} when the node cannot be
 * asked, says no, or answers what cannot be read.
 *
 * <p>Source: Lotus API v1.
 */
public final class LotusNode {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<Cid> HEAD = List.of();

    private final JsonRpcClient client;
    private final LotusJson json;

    /** A node behind a client of its {@code /rpc/v1}. */
    public LotusNode(final JsonRpcClient client, final LotusJson json) {
        this.client = client;
        this.json = json;
    }

    /** Where it is, without credentials. */
    public String name() {
        final String port = client.url().getPort() < 0 ? "" : ":" + client.url().getPort();
        return client.url().getScheme() + "://" + client.url().getHost() + port;
    }

    /**
     * Any method, as it is. Unlike the others it fails with {@link JsonRpcFailure}, so that the
     * node's own code and words can be passed on.
     */
    public CompletableFuture<JsonNode> call(final String method, final JsonNode... params) {
        return client.call(method, params);
    }

    /** The same for a method that waits for the chain, with a timeout of its own. */
    public CompletableFuture<JsonNode> call(
            final Duration timeout, final String method, final JsonNode... params) {
        return client.call(timeout, method, params);
    }

    /** The heaviest tipset that the node knows. */
    public CompletableFuture<Tipset> head() {
        return ask("Filecoin.ChainHead", this::readTipset);
    }

    /**
     * The tipset at a height on the chain of another tipset, or the last one below when none was
     * mined there.
     */
    public CompletableFuture<Tipset> tipsetAt(final long height, final Tipset onChainOf) {
        return ask(
                "Filecoin.ChainGetTipSetByHeight",
                this::readTipset,
                NODES.numberNode(height),
                json.writeTipsetKey(onChainOf.key()));
    }

    /** An actor as the messages below a tipset left it, or null if there is none. */
    public CompletableFuture<@Nullable Actor> actor(
            final FilecoinAddress address, final Tipset tipset) {
        return askUnlessAbsent(
                "Filecoin.StateGetActor",
                LotusAbsence::isOfActor,
                LotusNode::readActor,
                json.writeAddress(address),
                json.writeTipsetKey(tipset.key()));
    }

    /** The nonce after all of an account's messages that the node knows, pending ones included. */
    public CompletableFuture<Long> nextNonce(final FilecoinAddress account) {
        final CompletableFuture<@Nullable Long> nonce =
                askUnlessAbsent(
                        "Filecoin.MpoolGetNonce",
                        LotusAbsence::isOfActor,
                        answer -> JsonFields.unsigned("MpoolGetNonce", answer),
                        json.writeAddress(account));
        // An account that never received anything has no actor, and its first nonce is 0.
        return nonce.thenApply(known -> known == null ? 0L : known);
    }

    /** The balance in attoFIL at the head, 0 for an account without an actor. */
    public CompletableFuture<BigInteger> balance(final FilecoinAddress account) {
        return ask(
                "Filecoin.WalletBalance",
                answer -> JsonFields.bigInteger("WalletBalance", answer),
                json.writeAddress(account));
    }

    /** The key address behind an id address, at the head. */
    public CompletableFuture<FilecoinAddress> keyAddress(final FilecoinAddress address) {
        return ask(
                "Filecoin.StateAccountKey",
                answer -> json.readAddress("StateAccountKey", answer),
                json.writeAddress(address),
                json.writeTipsetKey(HEAD));
    }

    /** The same message with the gas fields filled in that were 0. */
    public CompletableFuture<FilecoinMessage> estimateGas(
            final FilecoinMessage message, final PushSpec spec) {
        return ask(
                "Filecoin.GasEstimateMessageGas",
                answer -> json.readMessage("GasEstimateMessageGas", answer),
                json.writeMessage(message),
                json.writeSpec(spec),
                json.writeTipsetKey(HEAD));
    }

    /** What the node's network is called. */
    public CompletableFuture<String> networkName() {
        return ask(
                "Filecoin.StateNetworkName",
                answer -> {
                    if (!answer.isTextual()) {
                        throw MalformedValue.expected("StateNetworkName", "a string", answer);
                    }
                    return answer.textValue();
                });
    }

    /**
     * Where a message, or a replacement with the same call, was executed; null if the node did not
     * find it within so many tipsets below the head, or never saw it.
     */
    public CompletableFuture<@Nullable Execution> search(final Cid message, final long maxTipsets) {
        return askUnlessAbsent(
                "Filecoin.StateSearchMsg",
                LotusAbsence::isOfMessage,
                this::readExecution,
                json.writeTipsetKey(HEAD),
                json.writeCid(message),
                NODES.numberNode(maxTipsets),
                NODES.booleanNode(true));
    }

    private <T> CompletableFuture<T> ask(
            final String method, final Function<JsonNode, T> reading, final JsonNode... params) {
        return client.call(method, params)
                .handle(
                        (answer, failure) -> {
                            if (failure != null) {
                                throw failed(method, unwrapped(failure));
                            }
                            return read(method, answer, reading);
                        });
    }

    /** Asks for what may not be there: null, or an error that says so, becomes null. */
    private <T> CompletableFuture<@Nullable T> askUnlessAbsent(
            final String method,
            final Predicate<String> isAbsence,
            final Function<JsonNode, T> reading,
            final JsonNode... params) {
        return client.call(method, params)
                .handle(
                        (answer, failure) -> {
                            if (failure == null) {
                                return answer.isNull() ? null : read(method, answer, reading);
                            }
                            final Throwable cause = unwrapped(failure);
                            if (cause instanceof JsonRpcFailure.ErrorAnswer no
                                    && isAbsence.test(no.text())) {
                                return null;
                            }
                            throw failed(method, cause);
                        });
    }

    private <T> T read(
            final String method, final JsonNode answer, final Function<JsonNode, T> reading) {
        try {
            return reading.apply(answer);
        } catch (final MalformedValue malformed) {
            throw new UpstreamFailure(
                    name() + " answered " + method + " in another form: " + malformed.getMessage(),
                    malformed);
        }
    }

    private UpstreamFailure failed(final String method, final Throwable cause) {
        final String why =
                cause instanceof JsonRpcFailure.ErrorAnswer no ? no.text() : cause.getMessage();
        return new UpstreamFailure(name() + " did not answer " + method + ": " + why, cause);
    }

    private Tipset readTipset(final JsonNode answer) {
        final JsonFields fields = JsonFields.of("Tipset", answer);
        final List<Cid> key = json.readTipsetKey("Tipset.Cids", fields.node("Cids"));
        return new Tipset(key, fields.height("Height"));
    }

    private static Actor readActor(final JsonNode answer) {
        final JsonFields fields = JsonFields.of("Actor", answer);
        return new Actor(fields.unsigned("Nonce"), fields.bigInteger("Balance"));
    }

    private Execution readExecution(final JsonNode answer) {
        final JsonFields fields = JsonFields.of("MsgLookup", answer);
        final JsonFields receipt = JsonFields.of(fields.path("Receipt"), fields.node("Receipt"));
        final Cid message = json.readCid(fields.path("Message"), fields.node("Message"));
        if (!message.isOfMessage()) {
            throw MalformedValue.expected(fields.path("Message"), "a message's CID", message);
        }
        return new Execution(message, fields.height("Height"), receipt.signed("ExitCode"));
    }

    static Throwable unwrapped(final Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
    }

    /**
     * Blocks of one height that build on the same parents.
     *
     * @param key the ids of the blocks
     */
    public record Tipset(List<Cid> key, long height) {}

    /**
     * What the chain knows of an account.
     *
     * @param nonce of its next message, unsigned
     * @param balance in attoFIL
     */
    public record Actor(long nonce, BigInteger balance) {}

    /**
     * How a message was executed.
     *
     * @param message what was executed: the message asked for, or what replaced it
     * @param height of the tipset that executed it, the one above the tipset that included it
     * @param exitCode 0 for success
     */
    public record Execution(Cid message, long height, long exitCode) {}
}
