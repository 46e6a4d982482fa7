package io.nelumbo.publisher.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.CompletableFuture;

/**
 * A way to call a node's methods: {@code JsonRpcClient::call} over HTTP, {@code
 * JsonRpcSocket::call} over a WebSocket. Does not block; fails with {@code JsonRpcFailure} only.
 */
@FunctionalInterface
public interface NodeCalls {

    /** The result of a method. */
    CompletableFuture<JsonNode> call(String method, JsonNode... params);
}
