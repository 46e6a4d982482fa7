package io.nelumbo.publisher.jsonrpc;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Answers the calls that an endpoint has no method of its own for, in raw bytes: somebody else's
 * methods. Called on worker threads, by many at once; never blocks.
 */
public interface OtherMethods {

    /** There are no others. */
    OtherMethods NONE =
            new OtherMethods() {
                @Override
                public boolean waits(final String method) {
                    return false;
                }

                @Override
                public @Nullable JsonRpcSubscription subscription(final String method) {
                    return null;
                }

                @Override
                public CompletableFuture<RawJson> call(
                        final String method, final @Nullable RawJson params, final Caller caller) {
                    throw JsonRpcError.methodNotFound(method);
                }
            };

    /** Whether a method waits for the world, so that the request timeout must not cut it. */
    boolean waits(String method);

    /** How a method is called that answers with a channel; null for one that does not. */
    @Nullable JsonRpcSubscription subscription(String method);

    /**
     * Answers a call, or says no with {@link JsonRpcError}, thrown or in the future.
     *
     * @param params as the client wrote them, or null if there are none
     */
    CompletableFuture<RawJson> call(String method, @Nullable RawJson params, Caller caller);
}
