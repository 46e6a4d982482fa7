package io.nelumbo.publisher.jsonrpc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.ByteArrayOutputStream;

/**
 * An answer, ready for the wire. An empty body means that nobody expects one.
 *
 * @param countedBytes of the body that are counted already at what the request holds
 * @param whenWritten run on the event loop behind the write, unless there is nobody to write to
 */
record Reply(int httpStatus, byte[] body, int countedBytes, Runnable whenWritten) {
    static final Reply NOTHING = new Reply(200, new byte[0]);

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int ENVELOPE_BYTES = 64;

    Reply(final int httpStatus, final byte[] body) {
        this(httpStatus, body, 0, () -> {});
    }

    /** An error outside of any call, so its id is null. */
    static Reply error(final JsonRpcError error) {
        return error(error.httpStatus(), error);
    }

    /** The same with another status. */
    static Reply error(final int httpStatus, final JsonRpcError error) {
        return new Reply(httpStatus, error(NullNode.instance, error).body());
    }

    static Reply error(final JsonNode id, final JsonRpcError error) {
        final RawJson passedOn = error.passedOn();
        final RawJson object =
                passedOn != null
                        ? passedOn
                        : RawJson.of(
                                NODES.objectNode()
                                        .put("code", error.code())
                                        .put("message", error.text()));
        return new Reply(error.httpStatus(), body(id, "error", object));
    }

    static Reply result(final JsonNode id, final JsonNode result) {
        return result(id, RawJson.of(result));
    }

    static Reply result(final JsonNode id, final RawJson result) {
        return new Reply(200, body(id, "result", result));
    }

    Reply whenWritten(final Runnable next) {
        return new Reply(httpStatus, body, countedBytes, next);
    }

    /** The same, whose body is counted. */
    Reply counted() {
        return new Reply(httpStatus, body, body.length, whenWritten);
    }

    private static byte[] body(final JsonNode id, final String member, final RawJson value) {
        final byte[] idBytes = StrictJson.REQUESTS.write(id);
        final ByteArrayOutputStream body =
                new ByteArrayOutputStream(ENVELOPE_BYTES + idBytes.length + value.length());
        body.writeBytes("{\"jsonrpc\":\"2.0\",\"id\":".getBytes(US_ASCII));
        body.writeBytes(idBytes);
        body.writeBytes((",\"" + member + "\":").getBytes(US_ASCII));
        value.writeTo(body);
        body.write('}');
        return body.toByteArray();
    }
}
