package io.nelumbo.publisher.jsonrpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From a request's bytes to its answer's bytes: one call or a batch array, JSON-RPC 2.0. Knows no
 * transport. Any thread.
 */
final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    /** What go-jsonrpc says about channels, and nobody else's methods. */
    private static final String CHANNEL_WORDS = "xrpc.";

    private static final String CANCEL = "xrpc.cancel";

    private static final String OVERLOADED =
            "overloaded: too many large answers are being made, or too many bytes of requests and"
                    + " answers are in hand; nothing was done, try again later";

    /** Many may be answered at once that were asked for while there was room. */
    private static final String NO_ROOM_FOR_ANSWER =
            "overloaded: the answer came, and there is no room for it. The call was done: look at"
                    + " what it did before you repeat anything but a read";

    private final Endpoint endpoint;
    private final ServerLimits limits;
    private final Semaphore largeAnswers;

    /**
     * @param largeAnswers so many may be made at once, by whoever shares it
     */
    Dispatcher(final Endpoint endpoint, final ServerLimits limits, final Semaphore largeAnswers) {
        this.endpoint = endpoint;
        this.limits = limits;
        this.largeAnswers = largeAnswers;
    }

    /**
     * Answers a request. The future fails with an error of the machine only.
     *
     * @param asker whose request it is; a batch counts its answers at what that holds
     * @param workers where a batch goes on
     */
    CompletableFuture<Reply> dispatch(
            final byte[] request, final Asker asker, final Executor workers) {
        final IncomingRequest incoming;
        try {
            incoming = IncomingRequest.read(request, endpoint);
        } catch (final MalformedJson e) {
            return CompletableFuture.completedFuture(
                    Reply.error(JsonRpcError.parse(String.valueOf(e.getMessage()))));
        }
        final List<IncomingCall> calls = incoming.calls();
        if (!incoming.isBatch()) {
            return one(calls.get(0), asker);
        }
        if (calls.isEmpty() || calls.size() > limits.maxBatchCalls()) {
            return CompletableFuture.completedFuture(
                    Reply.error(
                            JsonRpcError.invalidRequest(
                                    "expected a batch of 1 to "
                                            + limits.maxBatchCalls()
                                            + " calls but was "
                                            + calls.size())));
        }
        return new Batch(this, calls, asker.withoutChannels(), workers).run();
    }

    /** Answers one call, as bytes as soon as there is an answer. */
    CompletableFuture<Reply> one(final IncomingCall call, final Asker asker) {
        final String fault = call.fault();
        if (fault != null) {
            // Always answered: the id may be missing because the call is broken.
            final JsonNode echo = call.hasId() ? call.id() : NullNode.instance;
            return CompletableFuture.completedFuture(
                    Reply.error(echo, JsonRpcError.invalidRequest(fault)));
        }
        if (call.method().startsWith(CHANNEL_WORDS)) {
            return CompletableFuture.completedFuture(channelWord(call, asker));
        }
        final boolean large = hasLargeAnswer(call);
        if (asker.held().full() || (large && !largeAnswers.tryAcquire())) {
            return CompletableFuture.completedFuture(turnedAway(call));
        }
        return started(call, asker)
                .handle(
                        (reply, failure) -> {
                            if (large) {
                                largeAnswers.release();
                            }
                            return failure == null ? reply : failed(call, failure);
                        });
    }

    /** Whether a call waits for the world. */
    boolean waits(final IncomingCall call) {
        return endpoint.waits(call.method());
    }

    /** Whether few of this call may be answered at once. */
    boolean hasLargeAnswer(final IncomingCall call) {
        return endpoint.hasLargeAnswer(call.method());
    }

    /** The answer to a call that was not started. */
    static Reply turnedAway(final IncomingCall call) {
        return call.hasId()
                ? Reply.error(call.id(), JsonRpcError.application(OVERLOADED))
                : Reply.NOTHING;
    }

    /** A cancelled call that is no subscription goes on, as it would if the client went away. */
    private static Reply channelWord(final IncomingCall call, final Asker asker) {
        if (call.hasId()) {
            return Reply.error(call.id(), JsonRpcError.methodNotFound(call.method()));
        }
        if (asker.channels() != null && call.method().equals(CANCEL)) {
            asker.channels().cancel(call.params().path(0));
        }
        return Reply.NOTHING;
    }

    private CompletableFuture<Reply> started(final IncomingCall call, final Asker asker) {
        try {
            final JsonRpcSubscription subscription = endpoint.subscription(call.method());
            if (subscription != null) {
                return subscribed(call, subscription, asker);
            }
            final JsonRpcMethod own = endpoint.methods().get(call.method());
            if (own != null) {
                return answered(
                        call, own.call(Params.of(call.params()), asker.caller()), Reply::result);
            }
            return answered(
                            call,
                            endpoint.others().call(call.method(), call.rawParams(), asker.caller()),
                            Reply::result)
                    .exceptionally(failure -> refusalOfOthers(call, failure))
                    .thenApply(reply -> counted(call, reply, asker));
        } catch (final RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private <T> CompletableFuture<Reply> answered(
            final IncomingCall call,
            final CompletableFuture<T> result,
            final BiFunction<JsonNode, T, Reply> reply) {
        final Duration timeout = waits(call) ? limits.waitTimeout() : limits.requestTimeout();
        // A copy: the timeout ends our waiting, not what the method is doing.
        return result.copy()
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(value -> call.hasId() ? reply.apply(call.id(), value) : Reply.NOTHING);
    }

    /** Another server's no is an answer like its yes, and may be as long. */
    private static Reply refusalOfOthers(final IncomingCall call, final Throwable failure) {
        if (cause(failure) instanceof JsonRpcError error && error.passedOn() != null) {
            return failed(call, error);
        }
        throw failure instanceof CompletionException wrapped
                ? wrapped
                : new CompletionException(failure);
    }

    /** The answer of others, held from now on until it is written; without room it is let go. */
    private static Reply counted(final IncomingCall call, final Reply reply, final Asker asker) {
        // Nobody expects the answer to a call without an id.
        if (!call.hasId()) {
            return reply;
        }
        return asker.held().take(reply.body().length)
                ? reply.counted()
                : Reply.error(call.id(), JsonRpcError.application(NO_ROOM_FOR_ANSWER));
    }

    private CompletableFuture<Reply> subscribed(
            final IncomingCall call, final JsonRpcSubscription subscription, final Asker asker) {
        if (asker.channels() == null || !call.hasId()) {
            throw JsonRpcError.noChannelsHere(call.method());
        }
        return asker.channels()
                .open(
                        call.id(),
                        channel -> subscription.open(call.rawParams(), asker.caller(), channel),
                        limits.requestTimeout());
    }

    private static Reply failed(final IncomingCall call, final Throwable failure) {
        final JsonRpcError error = errorOf(call.method(), failure);
        return call.hasId() ? Reply.error(call.id(), error) : Reply.NOTHING;
    }

    /** What the client is told; what only we may know goes to the log under an id. */
    private static JsonRpcError errorOf(final String method, final Throwable failure) {
        final Throwable cause = cause(failure);
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

    private static Throwable cause(final Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
    }
}
