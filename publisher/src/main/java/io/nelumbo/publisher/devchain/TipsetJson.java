package io.nelumbo.publisher.devchain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Tipsets and CIDs as Lotus writes them. */
final class TipsetJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String BASE_FEE = "100";

    private TipsetJson() {}

    /** A tipset of one block. */
    static JsonNode of(final Tipset tipset) {
        final ObjectNode json = NODES.objectNode();
        json.set("Cids", key(tipset));
        final ObjectNode block = json.putArray("Blocks").addObject();
        block.put("Miner", "t01000")
                .put("Height", tipset.height())
                .put("Timestamp", tipset.timestampS())
                .put("ParentBaseFee", BASE_FEE);
        block.set("Parents", keyOf(tipset.parentKey()));
        return json.put("Height", tipset.height());
    }

    /** A tipset's key: the array of its blocks' CIDs. */
    static ArrayNode key(final Tipset tipset) {
        return keyOf(tipset.key());
    }

    static JsonNode cid(final String text) {
        return NODES.objectNode().put("/", text);
    }

    private static ArrayNode keyOf(final String cid) {
        final ArrayNode key = NODES.arrayNode();
        return cid.isEmpty() ? key : key.add(cid(cid));
    }
}
