package io.nelumbo.publisher.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelumbo.publisher.api.upstream.UpstreamState;
import io.nelumbo.publisher.jsonrpc.Page;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** {@code /health/livez}: the process answers. {@code /health/readyz}: clients may be sent here. */
final class HealthPages {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

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
        final ObjectNode page =
                NODES.objectNode()
                        .put("ready", now.isReady())
                        .put("leader", now.leader())
                        .put("role", now.role())
                        .put("appliedIndex", now.appliedIndex())
                        .put("journalComplete", now.journalComplete())
                        .put("peersRefused", now.peersRefused())
                        .put("walletLocked", now.keys().locked())
                        .put("accountsWithoutKey", now.keys().accountsWithoutKey())
                        .put("streamListening", now.stream().listening())
                        .put("streams", now.stream().streams())
                        .put("streamMessagesInFlight", now.stream().messagesInFlight())
                        .put("upstreamReachable", now.isUpstreamReachable())
                        .put("upstreamsHealthy", now.healthyUpstreams());
        final ArrayNode upstreams = page.putArray("upstreams");
        now.upstreams().forEach(state -> upstreams.add(upstream(state)));
        return Page.json(now.isReady() ? 200 : 503, page.toString());
    }

    private static ObjectNode upstream(final UpstreamState state) {
        return NODES.objectNode()
                .put("name", state.name())
                .put("healthy", state.isHealthy())
                .put("reachable", state.reachable())
                .put("height", state.height())
                .put("lagEpochs", state.lagEpochs())
                .put("circuitOpen", state.circuitOpen());
    }
}
