package io.nelumbo.publisher.jsonrpc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Passes calls on to one JSON-RPC server without touching parameters or answers: only the id is
 * ours. Any thread.
 *
 * <p>Futures complete on the connections' event loop (after a large answer, on the thread that cut
 * it) and fail with {@link JsonRpcFailure} only; never with {@link JsonRpcFailure.ErrorAnswer},
 * which is a {@link RawAnswer.Refusal} here.
 */
public final class RawClient {
    private static final RawJson NOTHING = RawJson.of(NullNode.instance);

    private final ServerPlace server;
    private final @Nullable String token;
    private final ClientConnections connections;
    private final AnswerRoom room;
    private final AtomicLong nextId = new AtomicLong(1);

    /**
     * A client of one server.
     *
     * @param connections stay open for as long as this client is used
     * @param token sent as bearer token, or null
     * @param room for the answers that arrive, shared with other clients
     */
    public RawClient(
            final ClientConnections connections,
            final URI url,
            final @Nullable String token,
            final AnswerRoom room) {
        this.server = new ServerPlace(url);
        this.token = token;
        this.connections = connections;
        this.room = room;
    }

    /** The server without path, query and user: a URL may hold secrets. */
    public String place() {
        return server.name();
    }

    /**
     * Passes a call on.
     *
     * @param params a JSON array, or null to send none
     * @param timeout from now to the last byte of the answer
     */
    public CompletableFuture<RawAnswer> call(
            final String method, final @Nullable RawJson params, final Duration timeout) {
        final long id = nextId.getAndIncrement();
        final HeldBytes.Share held = room.share();
        return connections
                .exchange(
                        server.post(token),
                        request(id, method, params),
                        room.maxAnswerBytes(),
                        held::take,
                        timeout)
                .thenCompose(answer -> connections.read(answer, whole -> cut(whole, id)))
                .whenComplete((answer, failure) -> held.release())
                .exceptionallyCompose(
                        failure -> CompletableFuture.failedFuture(failureOf(failure, timeout)));
    }

    /**
     * Subscribes, on a WebSocket of its own.
     *
     * @param channel is offered the values, and closed when there will be no more; not closed as
     *     long as the server has not said that it is open
     * @param timeout from now to the server's answer
     */
    public CompletableFuture<Subscribed> subscribe(
            final String method,
            final @Nullable RawJson params,
            final ChannelSink channel,
            final Duration timeout) {
        return connections
                .onSocket(
                        server.socket(token),
                        (vertx, socket) -> {
                            final RawSubscription subscription =
                                    new RawSubscription(vertx, socket, channel);
                            return subscription
                                    .start(method, params, timeout)
                                    .thenApply(
                                            answer ->
                                                    new Subscribed(
                                                            answer,
                                                            () ->
                                                                    connections.onLoop(
                                                                            subscription::cancel)));
                        })
                .exceptionallyCompose(
                        failure ->
                                CompletableFuture.failedFuture(server.failure(failure, timeout)));
    }

    /**
     * What became of a subscription.
     *
     * @param answer a result if it is open
     * @param end ends it; any thread, does not block, no effect when it has ended
     */
    public record Subscribed(RawAnswer answer, Runnable end) {}

    /** A call, with the id that we know it by. */
    static byte[] request(final long id, final String method, final @Nullable RawJson params) {
        final ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(
                ("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":").getBytes(US_ASCII));
        request.writeBytes(StrictJson.REQUESTS.write(TextNode.valueOf(method)));
        if (params != null) {
            request.writeBytes(",\"params\":".getBytes(US_ASCII));
            params.writeTo(request);
        }
        request.write('}');
        return request.toByteArray();
    }

    /**
     * Cuts an answer out of its envelope; null if this is no answer to that id. One without a
     * result is null for a result: so Lotus answered what returns nothing before go-jsonrpc 0.3.2.
     */
    static @Nullable RawAnswer answerIn(final Map<String, RawJson> envelope, final long id) {
        final RawJson error = envelope.get("error");
        if (error != null && !error.toString().equals("null")) {
            return new RawAnswer.Refusal(error, code(error));
        }
        final RawJson result = envelope.get("result");
        final RawJson answered = envelope.get("id");
        return answered == null || !answered.toString().equals(Long.toString(id))
                ? null
                : new RawAnswer.Result(result == null ? NOTHING : result);
    }

    private JsonRpcFailure failureOf(final Throwable failure, final Duration timeout) {
        final Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        return cause instanceof AnswerTooLarge
                ? new JsonRpcFailure.TooLarge(server.name() + ": " + cause.getMessage())
                : server.failure(failure, timeout);
    }

    private RawAnswer cut(final HttpAnswer answer, final long id) {
        final RawAnswer cut;
        try {
            cut = answerIn(RawMembers.ofObject(answer.body()), id);
        } catch (final MalformedJson e) {
            throw server.notJsonRpc(answer);
        }
        if (cut == null) {
            throw server.notJsonRpc(answer);
        }
        return cut;
    }

    private static int code(final RawJson error) {
        try {
            final RawJson code = RawMembers.ofObject(error.bytes()).get("code");
            return code == null ? 0 : Integer.parseInt(code.toString());
        } catch (final MalformedJson | NumberFormatException e) {
            return 0;
        }
    }
}
