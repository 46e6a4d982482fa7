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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The questions that a Filecoin node is asked, one method each. Any thread; futures complete on the
 * event loop of the client's connections, which must not be blocked, and exceptionally with {@link
 * UpstreamFailure} when the node cannot be asked, says no, or answers what cannot be read.
 *
 * <p>Source: Lotus API v1.
 */
public final class LotusNode {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Some 40,000 messages; nodes keep fewer. */
    private static final int MAX_POOL_BYTES = 32 << 20;

    private static final List<Cid> HEAD = List.of();

    private final LotusCalls calls;
    private final LotusJson json;

    /** A node behind a client of its {@code /rpc/v1}. */
    public LotusNode(final JsonRpcClient client, final LotusJson json) {
        this.calls = new LotusCalls(client);
        this.json = json;
    }

    /** Where it is, without credentials. */
    public String name() {
        return calls.nodeName();
    }

    /**
     * Any method, as it is. Unlike the others it fails with {@link JsonRpcFailure}, so that the
     * node's own code and words can be passed on.
     */
    public CompletableFuture<JsonNode> call(final String method, final JsonNode... params) {
        return calls.client().call(method, params);
    }

    /** The same for a method that waits for the chain, with a timeout of its own. */
    public CompletableFuture<JsonNode> call(
            final Duration timeout, final String method, final JsonNode... params) {
        return calls.client().call(timeout, method, params);
    }

    /** The heaviest tipset that the node knows. */
    public CompletableFuture<Tipset> head() {
        return calls.ask("Filecoin.ChainHead", this::readTipset);
    }

    /**
     * The tipset at a height on the chain of another tipset, or the last one below when none was
     * mined there.
     */
    public CompletableFuture<Tipset> tipsetAt(final long height, final Tipset onChainOf) {
        return calls.ask(
                "Filecoin.ChainGetTipSetByHeight",
                this::readTipset,
                NODES.numberNode(height),
                json.writeTipsetKey(onChainOf.key()));
    }

    /** An actor as the messages below a tipset left it, or null if there is none. */
    public CompletableFuture<@Nullable Actor> actor(
            final FilecoinAddress address, final Tipset tipset) {
        return calls.askUnlessAbsent(
                "Filecoin.StateGetActor",
                LotusAbsence::isOfActor,
                LotusNode::readActor,
                json.writeAddress(address),
                json.writeTipsetKey(tipset.key()));
    }

    /** The nonce after all of an account's messages that the node knows, pending ones included. */
    public CompletableFuture<Long> nextNonce(final FilecoinAddress account) {
        final CompletableFuture<@Nullable Long> nonce =
                calls.askUnlessAbsent(
                        "Filecoin.MpoolGetNonce",
                        LotusAbsence::isOfActor,
                        answer -> JsonFields.unsigned("MpoolGetNonce", answer),
                        json.writeAddress(account));
        // An account that never received anything has no actor, and its first nonce is 0.
        return nonce.thenApply(known -> known == null ? 0L : known);
    }

    /** The nonces of an account's messages in the node's pool; all of the pool has to be read. */
    public CompletableFuture<List<Long>> pendingNonces(final FilecoinAddress account) {
        return calls.askLarge(
                MAX_POOL_BYTES,
                "Filecoin.MpoolPending",
                answer -> readPending(account, answer),
                json.writeTipsetKey(HEAD));
    }

    private List<Long> readPending(final FilecoinAddress account, final JsonNode answer) {
        final List<Long> nonces = new ArrayList<>();
        for (final JsonNode pending : answer) {
            final JsonNode message = JsonFields.of("MpoolPending", pending).node("Message");
            final JsonFields fields = JsonFields.of("MpoolPending.Message", message);
            if (json.readAddress("MpoolPending.From", fields.node("From")).equals(account)) {
                nonces.add(fields.unsigned("Nonce"));
            }
        }
        return nonces;
    }

    /** The balance in attoFIL at the head, 0 for an account without an actor. */
    public CompletableFuture<BigInteger> balance(final FilecoinAddress account) {
        return calls.ask(
                "Filecoin.WalletBalance",
                answer -> JsonFields.bigInteger("WalletBalance", answer),
                json.writeAddress(account));
    }

    /** The key address behind an id address, at the head. */
    public CompletableFuture<FilecoinAddress> keyAddress(final FilecoinAddress address) {
        return calls.ask(
                "Filecoin.StateAccountKey",
                answer -> json.readAddress("StateAccountKey", answer),
                json.writeAddress(address),
                json.writeTipsetKey(HEAD));
    }

    /** The same message with the gas fields filled in that were 0. */
    public CompletableFuture<FilecoinMessage> estimateGas(
            final FilecoinMessage message, final PushSpec spec) {
        return calls.ask(
                "Filecoin.GasEstimateMessageGas",
                answer -> json.readMessage("GasEstimateMessageGas", answer),
                json.writeMessage(message),
                json.writeSpec(spec),
                json.writeTipsetKey(HEAD));
    }

    /** What the node's network is called. */
    public CompletableFuture<String> networkName() {
        return calls.ask(
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
     *
     * @param maxTipsets -1 for no limit but the message's nonce
     */
    public CompletableFuture<@Nullable Execution> search(final Cid message, final long maxTipsets) {
        return calls.askUnlessAbsent(
                "Filecoin.StateSearchMsg",
                LotusAbsence::isOfMessage,
                this::readExecution,
                json.writeTipsetKey(HEAD),
                json.writeCid(message),
                NODES.numberNode(maxTipsets),
                NODES.booleanNode(true));
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
