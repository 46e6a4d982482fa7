package io.nelumbo.publisher.jsonrpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From a request's bytes to its answer's bytes: one call or a batch array, JSON-RPC 2.0. Knows no
 * transport. Immutable; any thread.
 */
final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Map<String, JsonRpcMethod> methods;
    private final ServerLimits limits;

    Dispatcher(final Map<String, JsonRpcMethod> methods, final ServerLimits limits) {
        this.methods = Map.copyOf(methods);
        this.limits = limits;
    }

    /** Answers a request; the future never fails. */
    CompletableFuture<Reply> dispatch(final byte[] request, final Caller caller) {
        final JsonNode node;
        try {
            node = StrictJson.REQUESTS.read(request);
        } catch (final MalformedJson e) {
            return CompletableFuture.completedFuture(
                    Reply.error(JsonRpcError.parse(String.valueOf(e.getMessage()))));
        }
        return node.isArray() ? batch(node, caller) : one(node, caller).thenApply(Answer::reply);
    }

    /** The calls of a batch run side by side; the answers stand in the order of the calls. */
    private CompletableFuture<Reply> batch(final JsonNode calls, final Caller caller) {
        if (calls.isEmpty() || calls.size() > limits.maxBatchCalls()) {
            return CompletableFuture.completedFuture(
                    Reply.error(
                            JsonRpcError.invalidRequest(
                                    "expected a batch of 1 to "
                                            + limits.maxBatchCalls()
                                            + " calls but was "
                                            + calls.size())));
        }
        final List<CompletableFuture<Answer>> answers = new ArrayList<>(calls.size());
        calls.forEach(call -> answers.add(one(call, caller)));
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(
                        done -> {
                            final ArrayNode all = NODES.arrayNode(answers.size());
                            for (final CompletableFuture<Answer> answer : answers) {
                                final ObjectNode body = answer.getNow(Answer.NONE).body();
                                if (body != null) {
                                    all.add(body);
                                }
                            }
                            return all.isEmpty() ? Reply.NOTHING : Reply.of(200, all);
                        });
    }

    private CompletableFuture<Answer> one(final JsonNode call, final Caller caller) {
        final JsonNode id = call.path("id");
        final String fault = faultOf(call);
        if (fault != null) {
            // Always answered: the id may be missing because the call is broken.
            final JsonNode echo = isId(id) ? id : NullNode.instance;
            return CompletableFuture.completedFuture(
                    Answer.error(echo, JsonRpcError.invalidRequest(fault)));
        }
        final String method = call.path("method").textValue();
        return run(method, call.path("params"), caller)
                .handle((result, failure) -> answer(id, method, result, failure));
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

    private static Answer answer(
            final JsonNode id,
            final String method,
            final @Nullable JsonNode result,
            final @Nullable Throwable failure) {
        if (id.isMissingNode()) {
            if (failure != null) {
                errorOf(method, failure);
            }
            return Answer.NONE;
        }
        if (failure != null || result == null) {
            return Answer.error(id, errorOf(method, failure));
        }
        return Answer.result(id, result);
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

    /** The answer to one call; without a body for a notification. */
    private record Answer(int httpStatus, @Nullable ObjectNode body) {
        static final Answer NONE = new Answer(200, null);

        static Answer result(final JsonNode id, final JsonNode result) {
            final ObjectNode body = envelope(id);
            body.set("result", result);
            return new Answer(200, body);
        }

        static Answer error(final JsonNode id, final JsonRpcError error) {
            final ObjectNode body = envelope(id);
            body.set(
                    "error",
                    NODES.objectNode().put("code", error.code()).put("message", error.text()));
            return new Answer(error.httpStatus(), body);
        }

        Reply reply() {
            return body == null ? Reply.NOTHING : Reply.of(httpStatus, body);
        }

        private static ObjectNode envelope(final JsonNode id) {
            final ObjectNode body = NODES.objectNode().put("jsonrpc", "2.0");
            body.set("id", id);
            return body;
        }
    }

    /** A whole answer, ready for the wire. An empty body means that nobody expects one. */
    record Reply(int httpStatus, byte[] body) {
        static final Reply NOTHING = new Reply(200, new byte[0]);

        static Reply error(final JsonRpcError error) {
            return error(error.httpStatus(), error);
        }

        /** An error outside of any call, so its id is null. */
        static Reply error(final int httpStatus, final JsonRpcError error) {
            final Answer answer = Answer.error(NullNode.instance, error);
            return answer.body() == null ? NOTHING : of(httpStatus, answer.body());
        }

        private static Reply of(final int httpStatus, final JsonNode body) {
            return new Reply(httpStatus, StrictJson.REQUESTS.write(body));
        }
    }
}
