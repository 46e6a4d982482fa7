package io.nelumbo.publisher.api.proxy;

import io.nelumbo.publisher.api.upstream.UpstreamState;
import io.nelumbo.publisher.api.upstream.UpstreamWatch;
import io.nelumbo.publisher.jsonrpc.JsonRpcError;
import io.nelumbo.publisher.jsonrpc.JsonRpcFailure;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One call of a client on its way through the healthy upstreams: the preferred one first, and the
 * next at once when that one breaks off. Used by one thread after the other.
 *
 * <p>What reads may be asked again whatever happened. Anything else is asked again only if it is
 * certain that the call never left, because there was no connection: otherwise the error says that
 * it may have been done.
 */
final class PassedCall<T> {
    /** What an upstream is asked. */
    @FunctionalInterface
    interface Question<T> {

        /**
         * Asks it.
         *
         * @param last whether there is no other to go to
         */
        CompletableFuture<T> at(int place, boolean last);
    }

    private final LotusMethod method;
    private final UpstreamWatch watch;
    private final Question<T> ask;
    private final Iterator<Integer> places;
    private @Nullable String lastFailure;

    /**
     * @param ask fails with {@link JsonRpcFailure} only
     */
    PassedCall(final LotusMethod method, final UpstreamWatch watch, final Question<T> ask) {
        this.method = method;
        this.watch = watch;
        this.ask = ask;
        this.places = watch.healthy().iterator();
    }

    /** Fails with {@link JsonRpcError}. */
    CompletableFuture<T> run() {
        while (places.hasNext()) {
            final int place = places.next();
            // What cannot be sent twice tries a broken one only if there is no other to go to.
            if (watch.enter(place, method.isRepeatable() || !places.hasNext())) {
                return askAt(place);
            }
        }
        return CompletableFuture.failedFuture(
                JsonRpcError.application(
                        lastFailure != null
                                ? "'" + method.name() + "' has no answer: " + lastFailure
                                : "'"
                                        + method.name()
                                        + "' was not passed on: no healthy upstream"
                                        + complaints(watch.states())
                                        + "; try again later"));
    }

    private CompletableFuture<T> askAt(final int place) {
        final long sinceNs = watch.nowNs();
        return ask.at(place, !places.hasNext())
                .whenComplete(
                        (answer, failure) -> {
                            if (failure == null) {
                                watch.answered(place);
                            }
                        })
                .exceptionallyCompose(failure -> failed(place, sinceNs, cause(failure)));
    }

    private CompletableFuture<T> failed(
            final int place, final long sinceNs, final Throwable failure) {
        final String why = String.valueOf(failure.getMessage());
        lastFailure = why;
        if (failure instanceof JsonRpcFailure.TooLarge) {
            watch.answered(place);
            return refused("'" + method.name() + "' has an answer that is not passed on: " + why);
        }
        if (failure instanceof JsonRpcFailure.TimedOut) {
            watch.silent(place, why, sinceNs);
        } else {
            watch.failed(place, why);
        }
        final boolean neverLeft =
                failure instanceof JsonRpcFailure.Transport transport && transport.notSent();
        if (neverLeft || method.isRepeatable()) {
            return run();
        }
        return refused(
                "'"
                        + method.name()
                        + "' was sent once and may have been done; it is not sent twice. Look"
                        + " whether it was done before you repeat it. "
                        + why);
    }

    private CompletableFuture<T> refused(final String text) {
        return CompletableFuture.failedFuture(JsonRpcError.application(text));
    }

    private static String complaints(final List<UpstreamState> states) {
        return states.isEmpty()
                ? " is configured"
                : states.stream()
                        .filter(state -> !state.isHealthy())
                        .map(UpstreamState::complaint)
                        .collect(Collectors.joining("; ", ": ", ""));
    }

    private static Throwable cause(final Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
    }
}
