package io.nelumbo.publisher.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.nelumbo.publisher.chain.filecoin.Network;
import io.nelumbo.publisher.chain.filecoin.Signature;
import io.nelumbo.publisher.chain.filecoin.SignatureType;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.lotus.LotusJson;
import java.util.HashMap;
import java.util.Map;

/** What fake nodes agree on: one message for each request id, nonces without gaps. Any thread. */
final class FakeLedger {
    private final LotusJson json = new LotusJson(Network.MAINNET);
    private final Map<String, JsonNode> byRequest = new HashMap<>();
    private int nonces;

    /** Commits a push, or finds it committed. */
    synchronized JsonNode push(final JsonNode call) {
        final JsonNode message = call.path("params").get(0);
        final String requestId = call.path("params").path(1).path("MsgUuid").asText();
        if (!message.isArray()) {
            return commit(requestId, message);
        }
        final ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < message.size(); i++) {
            all.add(commit(requestId + "/" + i, message.get(i)));
        }
        return all;
    }

    synchronized int messages() {
        return nonces;
    }

    private JsonNode commit(final String requestId, final JsonNode message) {
        return byRequest.computeIfAbsent(
                requestId,
                fresh ->
                        json.writeSigned(
                                new SignedFilecoinMessage(
                                        json.readMessage("message", message).withNonce(nonces++),
                                        new Signature(SignatureType.SECP256K1, new byte[65]))));
    }
}
