package io.nelumbo.publisher.jsonrpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Calls the methods of one JSON-RPC server over HTTP POST, on connections that it shares with other
 * clients and does not own. Any thread.
 *
 * <p>Futures complete on the connections' event loop (after a large answer, on the thread that read
 * it), which also carries all other calls: what is chained to them must not block, and long work
 * belongs elsewhere. They fail with {@link JsonRpcFailure} only; to cancel one frees its
 * connection, and tells nothing about what the server does.
 */
public final class JsonRpcClient {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ServerPlace server;
    private final Duration timeout;
    private final int maxResponseBytes;
    private final ClientConnections connections;
    private final RequestOptions request;
    private final AtomicLong nextId = new AtomicLong(1);
    private final AtomicReference<CompletableFuture<Void>> lastLarge =
            new AtomicReference<>(CompletableFuture.completedFuture(null));

    /**
     * A client of one server.
     *
     * @param connections stay open for as long as this client is used
     * @param token sent as bearer token, or null
     * @param timeout from the call to the last byte of its answer
     * @param maxResponseBytes an answer beyond this is a transport failure
     */
    public JsonRpcClient(
            final ClientConnections connections,
            final URI url,
            final @Nullable String token,
            final Duration timeout,
            final int maxResponseBytes) {
        this.server = new ServerPlace(url);
        this.timeout = timeout;
        this.maxResponseBytes = maxResponseBytes;
        this.connections = connections;
        this.request = server.post(token);
    }

    private JsonRpcClient(final JsonRpcClient other, final Duration connectTimeout) {
        this.server = other.server;
        this.timeout = other.timeout;
        this.maxResponseBytes = other.maxResponseBytes;
        this.connections = other.connections;
        this.request =
                new RequestOptions(other.request).setConnectTimeout(connectTimeout.toMillis());
    }

    /**
     * A client of the same server that gives up earlier when it gets no connection.
     *
     * @param connectTimeout whole milliseconds, at least 1; part of the timeout of each call
     */
    public JsonRpcClient connectingWithin(final Duration connectTimeout) {
        return new JsonRpcClient(this, connectTimeout);
    }

    /** Where the server is, for logs and reports. */
    public URI url() {
        return server.url();
    }

    /** Calls a method; the result may be {@code NullNode}. */
    public CompletableFuture<JsonNode> call(final String method, final JsonNode... params) {
        return call(timeout, method, params);
    }

    /** Calls a method that waits for the world, with a timeout of its own. */
    public CompletableFuture<JsonNode> call(
            final Duration callTimeout, final String method, final JsonNode... params) {
        final long id = nextId.getAndIncrement();
        return post(
                envelope(id, method, List.of(params)),
                callTimeout,
                maxResponseBytes,
                answer -> resultOf(answer, id));
    }

    /**
     * Calls a method whose answer may be larger than others'. One at a time: the next is sent when
     * this one is answered, its time counts from there, and to cancel it does not end it.
     *
     * @param maxAnswerBytes in the place of what others may have
     */
    public CompletableFuture<JsonNode> callLarge(
            final int maxAnswerBytes, final String method, final JsonNode... params) {
        final long id = nextId.getAndIncrement();
        final CompletableFuture<Void> mine = new CompletableFuture<>();
        return lastLarge
                .getAndSet(mine)
                .thenCompose(
                        free ->
                                post(
                                        envelope(id, method, List.of(params)),
                                        timeout,
                                        maxAnswerBytes,
                                        answer -> resultOf(answer, id)))
                .whenComplete((result, failure) -> mine.complete(null));
    }

    /**
     * Calls many methods in one request. The list has a result or a failure for each, in their
     * order; the future fails when there is no answer to the request as a whole.
     */
    public CompletableFuture<List<BatchResult>> callAll(final List<BatchCall> calls) {
        final ArrayNode batch = NODES.arrayNode(calls.size());
        final long firstId = nextId.getAndAdd(calls.size());
        for (int i = 0; i < calls.size(); i++) {
            batch.add(envelope(firstId + i, calls.get(i).method(), calls.get(i).params()));
        }
        return post(
                batch,
                timeout,
                maxResponseBytes,
                answer -> resultsOf(answer, firstId, calls.size()));
    }

    private static ObjectNode envelope(
            final long id, final String method, final List<JsonNode> params) {
        final ObjectNode call = NODES.objectNode().put("jsonrpc", "2.0").put("id", id);
        call.put("method", method).putArray("params").addAll(params);
        return call;
    }

    private <T> CompletableFuture<T> post(
            final JsonNode body,
            final Duration callTimeout,
            final int maxBytes,
            final Function<Answer, T> reading) {
        final CompletableFuture<HttpAnswer> exchange =
                connections.exchange(
                        request,
                        StrictJson.ANSWERS.write(body),
                        maxBytes,
                        part -> true,
                        callTimeout);
        final CompletableFuture<T> result =
                exchange.exceptionallyCompose(
                                failure ->
                                        CompletableFuture.failedFuture(
                                                server.failure(failure, callTimeout)))
                        .thenCompose(
                                answer ->
                                        connections.read(
                                                answer, whole -> reading.apply(decoded(whole))));
        final CompletableFuture<T> unused =
                result.whenComplete(
                        (value, failure) -> {
                            if (result.isCancelled()) {
                                exchange.cancel(false);
                            }
                        });
        return result;
    }

    private Answer decoded(final HttpAnswer answer) {
        try {
            return new Answer(answer.httpStatus(), StrictJson.ANSWERS.read(answer.body()));
        } catch (final MalformedJson e) {
            throw server.notJsonRpc(answer);
        }
    }

    /** The server without path, query and user: a URL may hold secrets. */
    public String place() {
        return server.name();
    }

    private JsonNode resultOf(final Answer answer, final long id) {
        final JsonNode body = answer.body();
        final JsonNode error = body.path("error");
        if (error.isObject()) {
            throw errorOf(error);
        }
        final JsonNode result = body.get("result");
        if (result == null || !isId(body.path("id"), id)) {
            throw server.notJsonRpc(answer.httpStatus(), body.toString());
        }
        return result;
    }

    private List<BatchResult> resultsOf(final Answer answer, final long firstId, final int count) {
        if (!answer.body().isArray()) {
            // One answer to the whole batch: it was refused, or this is no JSON-RPC server.
            resultOf(answer, -1);
        }
        final List<BatchResult> results = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            results.add(resultIn(answer, firstId + i));
        }
        return results;
    }

    private BatchResult resultIn(final Answer answer, final long id) {
        for (final JsonNode body : answer.body()) {
            if (isId(body.path("id"), id)) {
                try {
                    return new BatchResult(
                            resultOf(new Answer(answer.httpStatus(), body), id), null);
                } catch (final JsonRpcFailure failure) {
                    return new BatchResult(null, failure);
                }
            }
        }
        return new BatchResult(
                null, new JsonRpcFailure.Transport(place() + ": no answer to one call of a batch"));
    }

    private static boolean isId(final JsonNode node, final long id) {
        return node.isIntegralNumber() && node.canConvertToLong() && node.longValue() == id;
    }

    private static JsonRpcFailure errorOf(final JsonNode error) {
        return new JsonRpcFailure.ErrorAnswer(
                error.path("code").asLong(), error.path("message").asText());
    }

    private record Answer(int httpStatus, JsonNode body) {}

    /** One call of a batch. */
    public record BatchCall(String method, List<JsonNode> params) {}

    /** What one call of a batch came to: exactly one of the two is there. */
    public record BatchResult(@Nullable JsonNode result, @Nullable JsonRpcFailure failure) {}
}
