package io.nelumbo.publisher.jsonrpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From a request's bytes to its answer's bytes: one call or a batch array, JSON-RPC 2.0. Knows no
 * transport. Any thread.
 */
final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final String OVERLOADED =
            "overloaded: too many large answers are being made, or too many bytes of requests and"
                    + " answers are in hand; nothing was done, try again later";

    private final Map<String, JsonRpcMethod> methods;
    private final ServerLimits limits;
    private final Semaphore largeAnswers;

    /**
     * @param largeAnswers so many may be made at once, by whoever shares it
     */
    Dispatcher(
            final Map<String, JsonRpcMethod> methods,
            final ServerLimits limits,
            final Semaphore largeAnswers) {
        this.methods = Map.copyOf(methods);
        this.limits = limits;
        this.largeAnswers = largeAnswers;
    }

    /**
     * Answers a request. The future fails with an error of the machine only.
     *
     * @param held the request's; a batch counts its answers there
     * @param workers where a batch goes on
     */
    CompletableFuture<Reply> dispatch(
            final byte[] request,
            final Caller caller,
            final HeldBytes.Share held,
            final Executor workers) {
        final JsonNode node;
        try {
            node = StrictJson.REQUESTS.read(request);
        } catch (final MalformedJson e) {
            return CompletableFuture.completedFuture(
                    Reply.error(JsonRpcError.parse(String.valueOf(e.getMessage()))));
        }
        if (!node.isArray()) {
            return one(node, caller, held);
        }
        if (node.isEmpty() || node.size() > limits.maxBatchCalls()) {
            return CompletableFuture.completedFuture(
                    Reply.error(
                            JsonRpcError.invalidRequest(
                                    "expected a batch of 1 to "
                                            + limits.maxBatchCalls()
                                            + " calls but was "
                                            + node.size())));
        }
        return new Batch(this, node, caller, held, workers).run();
    }

    /** Answers one call, as bytes as soon as there is an answer. */
    CompletableFuture<Reply> one(
            final JsonNode call, final Caller caller, final HeldBytes.Share held) {
        final JsonNode id = call.path("id");
        final String fault = faultOf(call);
        if (fault != null) {
            // Always answered: the id may be missing because the call is broken.
            final JsonNode echo = isId(id) ? id : NullNode.instance;
            return CompletableFuture.completedFuture(
                    Reply.error(echo, JsonRpcError.invalidRequest(fault)));
        }
        final boolean large = hasLargeAnswer(call);
        if (held.full() || (large && !largeAnswers.tryAcquire())) {
            return CompletableFuture.completedFuture(turnedAway(call));
        }
        final String method = call.path("method").textValue();
        return run(method, call.path("params"), caller)
                .handle(
                        (result, failure) -> {
                            try {
                                return answer(id, method, result, failure);
                            } finally {
                                if (large) {
                                    largeAnswers.release();
                                }
                            }
                        });
    }

    /** Whether a call waits for the world. */
    boolean waits(final JsonNode call) {
        final JsonRpcMethod method = methods.get(call.path("method").asText());
        return method != null && method.waits();
    }

    /** Whether few of this call may be answered at once. */
    boolean hasLargeAnswer(final JsonNode call) {
        final JsonRpcMethod method = methods.get(call.path("method").asText());
        return method != null && method.hasLargeAnswer();
    }

    /** The answer to a call that was not started. */
    static Reply turnedAway(final JsonNode call) {
        final JsonNode id = call.path("id");
        return isId(id) ? Reply.error(id, JsonRpcError.application(OVERLOADED)) : Reply.NOTHING;
    }

    /** Why this is not a call, or null if it is one. Lotus takes calls without a version too. */
    private static @Nullable String faultOf(final JsonNode call) {
        if (!call.isObject()) {
            return "expected a call to be an object";
        }
        if (!call.path("id").isMissingNode() && !isId(call.path("id"))) {
            return "expected id to be a string, a number or null";
        }
        if (!call.path("jsonrpc").asText("2.0").equals("2.0")) {
            return "expected jsonrpc to be \"2.0\"";
        }
        return call.path("method").isTextual() ? null : "expected method to be a string";
    }

    private static boolean isId(final JsonNode node) {
        return node.isNull() || node.isTextual() || node.isNumber();
    }

    private CompletableFuture<JsonNode> run(
            final String name, final JsonNode params, final Caller caller) {
        final JsonRpcMethod method = methods.get(name);
        if (method == null) {
            return CompletableFuture.failedFuture(JsonRpcError.methodNotFound(name));
        }
        try {
            final Duration timeout =
                    method.waits() ? limits.waitTimeout() : limits.requestTimeout();
            // A copy: the timeout ends our waiting, not what the method is doing.
            return method.call(Params.of(params), caller)
                    .copy()
                    .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (final RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Reply answer(
            final JsonNode id,
            final String method,
            final @Nullable JsonNode result,
            final @Nullable Throwable failure) {
        if (id.isMissingNode()) {
            if (failure != null) {
                errorOf(method, failure);
            }
            return Reply.NOTHING;
        }
        if (failure != null || result == null) {
            return Reply.error(id, errorOf(method, failure));
        }
        return Reply.result(id, result);
    }

    /** What the client is told; what only we may know goes to the log under an id. */
    private static JsonRpcError errorOf(final String method, final @Nullable Throwable failure) {
        final Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        if (cause instanceof JsonRpcError error) {
            return error;
        }
        if (cause instanceof TimeoutException) {
            return JsonRpcError.application(
                    "'" + method + "' has no answer in time; what it asked for may still happen");
        }
        final String logId = UUID.randomUUID().toString();
        LOG.error("internal error {} in {}", logId, method, cause);
        return JsonRpcError.application("internal error (" + logId + " in this node's log)");
    }

    /** An answer, ready for the wire. An empty body means that nobody expects one. */
    record Reply(int httpStatus, byte[] body) {
        static final Reply NOTHING = new Reply(200, new byte[0]);

        /** An error outside of any call, so its id is null. */
        static Reply error(final JsonRpcError error) {
            return error(error.httpStatus(), error);
        }

        /** The same with another status. */
        static Reply error(final int httpStatus, final JsonRpcError error) {
            return new Reply(httpStatus, error(NullNode.instance, error).body());
        }

        static Reply error(final JsonNode id, final JsonRpcError error) {
            final ObjectNode body = envelope(id);
            body.set(
                    "error",
                    NODES.objectNode().put("code", error.code()).put("message", error.text()));
            return new Reply(error.httpStatus(), StrictJson.REQUESTS.write(body));
        }

        static Reply result(final JsonNode id, final JsonNode result) {
            final ObjectNode body = envelope(id);
            body.set("result", result);
            return new Reply(200, StrictJson.REQUESTS.write(body));
        }

        private static ObjectNode envelope(final JsonNode id) {
            final ObjectNode body = NODES.objectNode().put("jsonrpc", "2.0");
            body.set("id", id);
            return body;
        }
    }
}
