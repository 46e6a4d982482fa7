package io.nelumbo.bench.compare;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** One JSON object for each comparison; what is not known is null. Stateless. */
final class ItemJson {

    private ItemJson() {}

    static ObjectNode of(final Item item) {
        final Series figure = item.figure();
        final Item.Peer peer = item.peer();
        final Goal goal = item.goal();
        return JsonNodeFactory.instance
                .objectNode()
                .put("item", item.item())
                .put("name", item.name())
                .put("figure", figure == null ? null : (Double) figure.median())
                .put("min", figure == null ? null : (Double) figure.min())
                .put("max", figure == null ? null : (Double) figure.max())
                .put("unit", item.unit())
                .put("peer", peer == null ? null : nameOf(peer))
                .put("peerFigure", peer == null ? null : (Double) peer.figure())
                .put("ratio", item.ratio())
                .put("goal", goal == null ? null : goal.text(item.unit()))
                .put("reached", item.reached())
                .put("reason", item.reason().isEmpty() ? null : item.reason())
                .put("command", item.command());
    }

    static String nameOf(final Item.@Nullable Peer peer) {
        if (peer == null) {
            return "";
        }
        return peer.measured() ? peer.name() : peer.name() + " (reference, not measured here)";
    }
}
