package io.nelumbo.publisher.jsonrpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Calls the methods of one JSON-RPC server over one WebSocket: many calls at once, answered in any
 * order. Any thread may call; the calls under way belong to the connections' event loop. Futures
 * complete there, or on the JDK's timer thread when time is up, so what is chained to them must not
 * block. Futures fail with {@link JsonRpcFailure} only. When the socket breaks, its calls fail, and
 * the next ones do at once: open another.
 */
public final class JsonRpcSocket implements AutoCloseable {

    /** Calls under way on one socket; beyond: a transport failure, nothing sent. */
    public static final int MAX_CALLS = 16_384;

    private static final long PING_INTERVAL_MS = 10_000;

    private final ServerPlace server;
    private final ClientConnections connections;
    private final Vertx vertx;
    private final WebSocket socket;
    private final Duration timeout;
    private final AtomicLong nextId = new AtomicLong(1);
    private final Map<Long, CompletableFuture<JsonNode>> calls = new HashMap<>();
    private long pinger;
    private boolean ended;

    private JsonRpcSocket(
            final ServerPlace server,
            final ClientConnections connections,
            final Vertx vertx,
            final WebSocket socket,
            final Duration timeout) {
        this.server = server;
        this.connections = connections;
        this.vertx = vertx;
        this.socket = socket;
        this.timeout = timeout;
    }

    /**
     * Opens a socket; the caller closes it.
     *
     * @param connections stay open for as long as this socket is used
     * @param token sent as bearer token, or null
     * @param timeout from a call to its answer
     */
    public static CompletableFuture<JsonRpcSocket> open(
            final ClientConnections connections,
            final URI url,
            final @Nullable String token,
            final Duration timeout) {
        final ServerPlace server = new ServerPlace(url);
        return connections
                .onSocket(
                        server.socket(token),
                        (vertx, socket) -> {
                            final JsonRpcSocket opened =
                                    new JsonRpcSocket(server, connections, vertx, socket, timeout);
                            opened.listen();
                            return CompletableFuture.completedFuture(opened);
                        })
                .exceptionallyCompose(
                        failure ->
                                CompletableFuture.failedFuture(server.failure(failure, timeout)));
    }

    /** Calls a method; the result may be {@code NullNode}. */
    public CompletableFuture<JsonNode> call(final String method, final JsonNode... params) {
        final long id = nextId.getAndIncrement();
        final ObjectNode request =
                JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0").put("id", id);
        request.put("method", method).putArray("params").addAll(List.of(params));
        final String text = new String(StrictJson.ANSWERS.write(request), UTF_8);
        final CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        connections.onLoop(() -> send(id, text, answer));
        return answer.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((result, failure) -> connections.onLoop(() -> calls.remove(id)))
                .exceptionallyCompose(
                        failure ->
                                CompletableFuture.failedFuture(server.failure(failure, timeout)));
    }

    /** Closes the socket; calls under way fail. */
    @Override
    public void close() {
        connections.onLoop(() -> end("closed on this side"));
    }

    private void listen() {
        pinger =
                vertx.setPeriodic(
                        PING_INTERVAL_MS, tick -> socket.writePing(Buffer.buffer("nelumbo")));
        socket.textMessageHandler(this::take)
                .exceptionHandler(broken -> end(String.valueOf(broken)))
                .closeHandler(closed -> end("the WebSocket was closed"));
    }

    private void send(final long id, final String text, final CompletableFuture<JsonNode> answer) {
        if (ended || calls.size() >= MAX_CALLS) {
            final String why = ended ? "the WebSocket is closed" : MAX_CALLS + " calls wait on it";
            answer.completeExceptionally(
                    new JsonRpcFailure.Transport(server.name() + ": " + why, true));
            return;
        }
        calls.put(id, answer);
        socket.writeTextMessage(text).onFailure(broken -> end(String.valueOf(broken)));
    }

    private void take(final String message) {
        final JsonNode body;
        try {
            body = StrictJson.ANSWERS.read(message.getBytes(UTF_8));
        } catch (final MalformedJson e) {
            end(String.valueOf(e.getMessage()));
            return;
        }
        final CompletableFuture<JsonNode> call = calls.remove(body.path("id").asLong(-1));
        final JsonNode result = body.get("result");
        final JsonNode error = body.path("error");
        if (call == null) {
            // A channel's value, or the answer to a call that is given up.
            return;
        }
        if (error.isObject()) {
            call.completeExceptionally(
                    new JsonRpcFailure.ErrorAnswer(
                            error.path("code").asLong(), error.path("message").asText()));
        } else if (result != null) {
            call.complete(result);
        } else {
            call.completeExceptionally(server.notJsonRpc(200, message));
        }
    }

    private void end(final String why) {
        if (ended) {
            return;
        }
        ended = true;
        vertx.cancelTimer(pinger);
        socket.close();
        final List<CompletableFuture<JsonNode>> open = List.copyOf(calls.values());
        calls.clear();
        open.forEach(
                call ->
                        call.completeExceptionally(
                                new JsonRpcFailure.Transport(server.name() + ": " + why)));
    }
}
