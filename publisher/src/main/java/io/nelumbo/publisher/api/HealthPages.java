package io.nelumbo.publisher.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.nelumbo.publisher.jsonrpc.Page;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** {@code /health/livez}: the process answers. {@code /health/readyz}: clients may be sent here. */
final class HealthPages {
    private final Supplier<NodeHealth> health;

    HealthPages(final Supplier<NodeHealth> health) {
        this.health = health;
    }

    Map<String, Supplier<CompletableFuture<Page>>> pages() {
        return Map.of(
                "/health/livez", () -> CompletableFuture.completedFuture(Page.text(200, "ok\n")),
                "/health/readyz", () -> CompletableFuture.completedFuture(ready()));
    }

    private Page ready() {
        final NodeHealth now = health.get();
        return Page.json(
                now.isReady() ? 200 : 503,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("ready", now.isReady())
                        .put("leader", now.leader())
                        .put("role", now.role())
                        .put("appliedIndex", now.appliedIndex())
                        .put("journalComplete", now.journalComplete())
                        .put("peersRefused", now.peersRefused())
                        .put("upstreamReachable", now.upstreamReachable())
                        .toString());
    }
}
