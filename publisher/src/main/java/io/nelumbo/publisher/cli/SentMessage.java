package io.nelumbo.publisher.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** A signed message as a node answers it, for a human to read. */
record SentMessage(String cid, String from, String to, String nonce, String value) {

    static SentMessage of(final JsonNode signed) {
        final JsonNode message = signed.path("Message");
        return new SentMessage(
                signed.path("CID").path("/").asText(),
                message.path("From").asText(),
                message.path("To").asText(),
                message.path("Nonce").asText(),
                message.path("Value").asText());
    }

    /** One line: account and nonce first, because that is what people look for. */
    String line() {
        return from + " " + nonce + " → " + to + " " + new FilAmount(value) + " " + cid;
    }
}
