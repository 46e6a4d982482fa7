package io.nelumbo.publisher.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.nelumbo.config.ApiInfo;
import io.nelumbo.config.MalformedAddress;
import io.nelumbo.journal.event.RequestId;
import io.nelumbo.publisher.chain.filecoin.Cid;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.MalformedValue;
import io.nelumbo.publisher.chain.filecoin.Network;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.lotus.LotusJson;
import io.nelumbo.publisher.chain.filecoin.lotus.PushSpec;
import io.nelumbo.publisher.jsonrpc.ClientConnections;
import io.nelumbo.publisher.jsonrpc.JsonRpcClient;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A cluster of nodes, as one: any node takes any call, so a call goes to the node that worked last,
 * and on to the next when that one is dead, silent, overloaded or without a leader. Any thread;
 * nothing blocks. Close it when it is not needed any more: it has connections and an event loop,
 * and what is chained to its futures runs there and must not block.
 *
 * <p><b>What is repeated.</b> Calls that only read; and pushes, under the one request id that they
 * have from the beginning, by which a cluster publishes a message once however often it is sent.
 * Anything else goes to a second node only if it is certain that it never reached the first.
 *
 * <p><b>How long it takes.</b> Each call ends by its deadline. A node that is switched off costs
 * the calls of the moment one connect timeout, of two seconds by default; one whose process is gone
 * costs a refused connection. After that it is left alone as long as another answers. When none
 * does, the client goes round until the deadline, with pauses that grow and a jitter.
 *
 * <p>Futures complete with a {@link Reply}, and never exceptionally. To cancel one does not call
 * back what was sent.
 */
public final class ClusterClient implements AutoCloseable {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MAX_RESPONSE_BYTES = 256 << 20;
    private static final UUID NO_ID = new UUID(0, 0);
    private static final Duration MAX_WAIT_PER_NODE = Duration.ofMinutes(1);

    private final LotusJson json = new LotusJson(Network.MAINNET);
    private final ClientConnections connections;
    private final NodeLine line;
    private final ClientOptions options;

    private ClusterClient(
            final ClientConnections connections, final NodeLine line, final ClientOptions options) {
        this.connections = connections;
        this.line = line;
        this.options = options;
    }

    /**
     * A client with the standard options; connects to nobody yet.
     *
     * @param apiInfo as in {@code FULLNODE_API_INFO}: {@code <token>:/ip4/…/tcp/…/http}, up to 64
     *     of them with commas in between
     * @throws MalformedAddress if it is not of this form
     */
    public static ClusterClient open(final String apiInfo) {
        return open(ApiInfo.parseList(apiInfo), ClientOptions.standard());
    }

    /**
     * A client; connects to nobody yet.
     *
     * @param nodes at least one; the first is asked first
     */
    public static ClusterClient open(final List<ApiInfo> nodes, final ClientOptions options) {
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("expected at least one node but was none");
        }
        final ClientConnections connections = ClientConnections.open();
        final List<JsonRpcClient> clients =
                nodes.stream().map(node -> client(connections, node, options)).toList();
        return new ClusterClient(
                connections, new NodeLine(clients, options.rest(), System::nanoTime), options);
    }

    private static JsonRpcClient client(
            final ClientConnections connections, final ApiInfo node, final ClientOptions options) {
        return new JsonRpcClient(
                        connections,
                        node.rpcUrl(),
                        node.token().isEmpty() ? null : node.token(),
                        options.nodeTimeout(),
                        MAX_RESPONSE_BYTES)
                .connectingWithin(options.connectTimeout());
    }

    /**
     * Calls any method. A push whose spec names no {@code MsgUuid} gets one.
     *
     * @param method without its prefix: {@code MpoolGetNonce}
     * @param params as the node's API has them
     */
    public CompletableFuture<Reply<JsonNode>> call(final String method, final JsonNode... params) {
        return call(options, method, params);
    }

    /**
     * Publishes a message; the reply comes when it is committed by a majority of disks.
     *
     * @param message with nonce 0; gas fields left at 0 are estimated by the node
     * @param requestId names this message for good: whoever keeps it may repeat the call, after a
     *     crash too, and there will be one message
     */
    public CompletableFuture<Reply<SignedFilecoinMessage>> push(
            final FilecoinMessage message, final UUID requestId) {
        return pushed(
                requestId,
                answer -> json.readSigned("MpoolPushMessage", answer),
                call("MpoolPushMessage", json.writeMessage(message), spec(requestId)));
    }

    /**
     * Publishes messages in their order: those of one account get ascending nonces. When one is
     * refused, those before it stand.
     *
     * @param messages up to 10,000, each with nonce 0
     * @param requestId names this batch, with its order, for good
     */
    public CompletableFuture<Reply<List<SignedFilecoinMessage>>> pushAll(
            final List<FilecoinMessage> messages, final UUID requestId) {
        final ArrayNode all = NODES.arrayNode(messages.size());
        messages.forEach(message -> all.add(json.writeMessage(message)));
        return pushed(
                requestId,
                answer -> readBatch(answer, messages.size()),
                call("MpoolBatchPushMessage", all, spec(requestId)));
    }

    /** The nonce that the account's next message will get, unsigned. */
    public CompletableFuture<Reply<Long>> nonce(final FilecoinAddress account) {
        return call("MpoolGetNonce", json.writeAddress(account))
                .thenApply(reply -> read(reply, ClusterClient::unsigned));
    }

    /** The messages that are committed and not confirmed by the chain yet. */
    public CompletableFuture<Reply<List<SignedFilecoinMessage>>> pending() {
        return call("MpoolPending", NODES.arrayNode())
                .thenApply(reply -> read(reply, this::readAllSigned));
    }

    /** Lotus's {@code MsgLookup} of a message that the chain has executed; null if it has not. */
    public CompletableFuture<Reply<JsonNode>> search(final Cid message) {
        return call(
                "StateSearchMsg",
                NODES.arrayNode(),
                json.writeCid(message),
                NODES.numberNode(-1),
                NODES.booleanNode(true));
    }

    /**
     * Waits until the chain has executed a message; Lotus's {@code MsgLookup} of it. Every minute,
     * and whenever a node dies, the next node is asked to wait.
     *
     * @param confidence tipsets above the message's
     * @param patience stands for the options' deadline
     */
    public CompletableFuture<Reply<JsonNode>> await(
            final Cid message, final int confidence, final Duration patience) {
        final boolean brief = patience.compareTo(MAX_WAIT_PER_NODE) < 0;
        return call(
                options.withDeadline(patience)
                        .withNodeTimeout(brief ? patience : MAX_WAIT_PER_NODE),
                "StateWaitMsg",
                json.writeCid(message),
                NODES.numberNode(confidence),
                NODES.numberNode(-1),
                NODES.booleanNode(true));
    }

    /** Peer id of the leader, as the asked node knows it. */
    public CompletableFuture<Reply<String>> leader() {
        return call("RaftLeader").thenApply(reply -> reply.map(JsonNode::asText));
    }

    /**
     * Lotus's {@code RaftState}: {@code NonceMap}, the last used nonce of each account, and {@code
     * MsgUuids}, the signed messages behind recent request ids.
     */
    public CompletableFuture<Reply<JsonNode>> state() {
        return call("RaftState");
    }

    /** Ends the calls that are under way, which are replied to as far as they came. */
    @Override
    public void close() {
        line.close();
        connections.close();
    }

    private CompletableFuture<Reply<JsonNode>> call(
            final ClientOptions patience, final String method, final JsonNode... params) {
        return new CallAttempts(Call.of(method, List.of(params)), line, patience).run();
    }

    private JsonNode spec(final UUID requestId) {
        if (requestId.equals(NO_ID)) {
            throw new IllegalArgumentException("expected a request id but was all zeros: no id");
        }
        return json.writeSpec(new PushSpec(BigInteger.ZERO, RequestId.of(requestId), false));
    }

    private List<SignedFilecoinMessage> readBatch(final JsonNode answer, final int size) {
        if (answer.size() != size) {
            throw MalformedValue.expected("batch", size + " signed messages", answer.size());
        }
        return readAllSigned(answer);
    }

    private List<SignedFilecoinMessage> readAllSigned(final JsonNode answer) {
        if (!answer.isArray()) {
            throw MalformedValue.expected("answer", "an array", answer.getNodeType());
        }
        final List<SignedFilecoinMessage> all = new ArrayList<>(answer.size());
        for (final JsonNode signed : answer) {
            all.add(json.readSigned("[" + all.size() + "]", signed));
        }
        return List.copyOf(all);
    }

    private static long unsigned(final JsonNode answer) {
        return Long.parseUnsignedLong(answer.asText());
    }

    /** A push whose answer cannot be read is committed for all that. */
    private static <T> CompletableFuture<Reply<T>> pushed(
            final UUID requestId,
            final Function<JsonNode, T> reading,
            final CompletableFuture<Reply<JsonNode>> push) {
        return push.thenApply(
                reply -> {
                    try {
                        return reply.map(reading);
                    } catch (final MalformedValue e) {
                        return new Reply.OutcomeUnknown<>(requestId, List.of(unreadable(e)));
                    }
                });
    }

    private static <T> Reply<T> read(
            final Reply<JsonNode> reply, final Function<JsonNode, T> reading) {
        try {
            return reply.map(reading);
        } catch (final MalformedValue | NumberFormatException e) {
            return new Reply.Refused<>(unreadable(e));
        }
    }

    private static String unreadable(final RuntimeException e) {
        return "expected an answer as Lotus's but was another: " + e.getMessage();
    }
}
