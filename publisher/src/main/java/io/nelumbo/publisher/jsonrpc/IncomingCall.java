package io.nelumbo.publisher.jsonrpc;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * One call as it came; maybe not a call at all.
 *
 * @param rawParams cut out of the request's bytes where somebody may want them so, otherwise null
 */
record IncomingCall(JsonNode body, @Nullable RawJson rawParams) {

    JsonNode id() {
        return body.path("id");
    }

    /** An empty text if there is none. */
    String method() {
        return body.path("method").asText();
    }

    JsonNode params() {
        return body.path("params");
    }

    boolean hasId() {
        return isId(id());
    }

    /** Why this is not a call, or null if it is one. Lotus takes calls without a version too. */
    @Nullable String fault() {
        if (!body.isObject()) {
            return "expected a call to be an object";
        }
        if (!id().isMissingNode() && !hasId()) {
            return "expected id to be a string, a number or null";
        }
        if (!body.path("jsonrpc").asText("2.0").equals("2.0")) {
            return "expected jsonrpc to be \"2.0\"";
        }
        return body.path("method").isTextual() ? null : "expected method to be a string";
    }

    private static boolean isId(final JsonNode node) {
        return node.isNull() || node.isTextual() || node.isNumber();
    }
}
