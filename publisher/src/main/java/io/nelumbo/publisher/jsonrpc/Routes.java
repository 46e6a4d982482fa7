package io.nelumbo.publisher.jsonrpc;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * What a server answers where.
 *
 * @param endpoints by path: HTTP POST and WebSocket
 * @param pages by path: plain GET, without a token
 */
public record Routes(
        Map<String, Endpoint> endpoints, Map<String, Supplier<CompletableFuture<Page>>> pages) {

    public Routes {
        endpoints = Map.copyOf(endpoints);
        pages = Map.copyOf(pages);
    }

    /** The same methods at each path, and no pages. */
    public static Routes ofMethods(
            final Map<String, JsonRpcMethod> methods, final String... paths) {
        final Map<String, Endpoint> endpoints = new HashMap<>();
        for (final String path : paths) {
            endpoints.put(path, Endpoint.of(methods));
        }
        return new Routes(endpoints, Map.of());
    }
}
