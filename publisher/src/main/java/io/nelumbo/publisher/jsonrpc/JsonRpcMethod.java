package io.nelumbo.publisher.jsonrpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.CompletableFuture;

/**
 * One method of a server. Called on a worker thread, by many at once; waits by its future, not by
 * blocking. Says no with {@link JsonRpcError}, thrown or in the future; whatever else comes out is
 * logged and answered as an internal error.
 */
@FunctionalInterface
public interface JsonRpcMethod {

    /** Answers a call; {@code NullNode} when there is nothing to say. */
    CompletableFuture<JsonNode> call(Params params, Caller caller);

    /** Whether it waits for the world, so that the request timeout must not cut it. */
    default boolean waits() {
        return false;
    }

    /** Whether its answer may be so large that few may be made at once. */
    default boolean hasLargeAnswer() {
        return false;
    }

    /** A method whose answer may be large; beyond few at once, it is not called. */
    static JsonRpcMethod large(final JsonRpcMethod method) {
        return new JsonRpcMethod() {
            @Override
            public CompletableFuture<JsonNode> call(final Params params, final Caller caller) {
                return method.call(params, caller);
            }

            @Override
            public boolean hasLargeAnswer() {
                return true;
            }
        };
    }

    /** A method that may take as long as {@link ServerLimits#waitTimeout}. */
    static JsonRpcMethod waiting(final JsonRpcMethod method) {
        return new JsonRpcMethod() {
            @Override
            public CompletableFuture<JsonNode> call(final Params params, final Caller caller) {
                return method.call(params, caller);
            }

            @Override
            public boolean waits() {
                return true;
            }
        };
    }
}
