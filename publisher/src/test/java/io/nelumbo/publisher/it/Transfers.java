package io.nelumbo.publisher.it;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;

/** Messages and specs as a client writes them. Stateless. */
final class Transfers {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Transfers() {}

    /** A message that moves some attoFIL within the account; the node estimates its gas. */
    static ObjectNode of(final String account, final long value) {
        return NODES.objectNode()
                .put("Version", 0)
                .put("To", account)
                .put("From", account)
                .put("Nonce", 0)
                .put("Value", Long.toString(value))
                .put("GasLimit", 0)
                .put("GasFeeCap", "0")
                .put("GasPremium", "0")
                .put("Method", 0)
                .putNull("Params");
    }

    /** A spec that names its request. */
    static ObjectNode spec(final UUID requestId) {
        return NODES.objectNode().put("MsgUuid", requestId.toString());
    }
}
