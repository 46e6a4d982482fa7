package io.nelumbo.publisher.jsonrpc;

/** Bytes that are not one JSON value within the bounds; the message says where and why. */
public final class MalformedJson extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedJson(final String message) {
        super(message, null, false, false);
    }
}
