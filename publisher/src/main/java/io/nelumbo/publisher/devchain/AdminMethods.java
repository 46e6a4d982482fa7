package io.nelumbo.publisher.devchain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelumbo.publisher.jsonrpc.JsonRpcError;
import io.nelumbo.publisher.jsonrpc.JsonRpcMethod;
import io.nelumbo.publisher.jsonrpc.Params;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Any thread. Faults on demand and the chain's report, as JSON-RPC: {@code Devchain.Faults
 * [{drop,refuse,forget,delayMs,seed}]}, {@code Devchain.Reorg [depth]}, {@code Devchain.Report []}.
 */
final class AdminMethods {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private AdminMethods() {}

    static Map<String, JsonRpcMethod> of(final DevChain chain, final FaultDice dice) {
        return Map.of(
                "Devchain.Faults",
                (params, caller) -> faults(params, dice),
                "Devchain.Reorg",
                (params, caller) -> reorg(params, chain),
                "Devchain.Report",
                (params, caller) -> CompletableFuture.completedFuture(report(chain.report())));
    }

    private static CompletableFuture<JsonNode> faults(final Params params, final FaultDice dice) {
        final JsonNode asked = params.expect(1, 1).object(0);
        try {
            dice.load(
                    new ChainFaults(
                            asked.path("drop").asDouble(0),
                            asked.path("refuse").asDouble(0),
                            asked.path("forget").asDouble(0),
                            asked.path("delayMs").asLong(0),
                            asked.path("seed").asLong(0)));
        } catch (final IllegalArgumentException e) {
            throw JsonRpcError.invalidParams(String.valueOf(e.getMessage()));
        }
        return CompletableFuture.completedFuture(NODES.nullNode());
    }

    private static CompletableFuture<JsonNode> reorg(final Params params, final DevChain chain) {
        final long depth = params.expect(1, 1).integer(0);
        try {
            chain.reorg(Math.toIntExact(depth));
        } catch (final IllegalArgumentException | ArithmeticException e) {
            throw JsonRpcError.invalidParams(String.valueOf(e.getMessage()));
        }
        return CompletableFuture.completedFuture(TipsetJson.of(chain.head()));
    }

    private static JsonNode report(final ChainReport report) {
        final ObjectNode json = NODES.objectNode();
        json.put("height", report.height())
                .put("pushes", report.pushes())
                .put("slots", report.slots())
                .put("pending", report.pending())
                .put("landed", report.landed().values().stream().mapToLong(Map::size).sum());
        final var rewritten = json.putArray("rewritten");
        for (final RewrittenSlot slot : report.rewritten()) {
            final ObjectNode entry = rewritten.addObject();
            entry.put("from", slot.from()).put("nonce", slot.nonce());
            slot.cids().forEach(entry.putArray("cids")::add);
        }
        return json;
    }
}
