package io.nelumbo.publisher.jsonrpc;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * What a server answers where.
 *
 * @param methods method tables by path: HTTP POST and WebSocket
 * @param pages by path: plain GET, without a token
 */
public record Routes(
        Map<String, Map<String, JsonRpcMethod>> methods,
        Map<String, Supplier<CompletableFuture<Page>>> pages) {

    public Routes {
        methods = Map.copyOf(methods);
        pages = Map.copyOf(pages);
    }
}
