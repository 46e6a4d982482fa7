package io.nelumbo.publisher.jsonrpc;

import org.jspecify.annotations.Nullable;

/**
 * The error that a method answers with. A method throws it, or completes its future with it; the
 * message goes to the client as it stands. Carries no stack trace: it is an answer.
 */
public final class JsonRpcError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    static final int APPLICATION = 1;
    static final int PARSE = -32700;
    static final int INVALID_REQUEST = -32600;
    static final int METHOD_NOT_FOUND = -32601;
    static final int INVALID_PARAMS = -32602;

    private static final int MAX_QUOTED_CHARS = 120;

    private final int code;
    private final transient @Nullable RawJson passedOn;

    private JsonRpcError(final int code, final String message) {
        this(code, message, null);
    }

    private JsonRpcError(final int code, final String message, final @Nullable RawJson passedOn) {
        super(message, null, false, false);
        this.code = code;
        this.passedOn = passedOn;
    }

    /** The method understood, and says no. Code 1, HTTP 200. */
    public static JsonRpcError application(final String message) {
        return new JsonRpcError(APPLICATION, message);
    }

    /** An application error with a code of its own, as a chain node would answer. HTTP 200. */
    public static JsonRpcError application(final int code, final String message) {
        return new JsonRpcError(code, message);
    }

    /** The parameters are of the wrong number, type or form. Code -32602, HTTP 500. */
    public static JsonRpcError invalidParams(final String message) {
        return new JsonRpcError(INVALID_PARAMS, message);
    }

    /** What another server said no with, in its own bytes: code, message and whatever else. */
    public static JsonRpcError passedOn(final RawAnswer.Refusal refusal) {
        return new JsonRpcError(refusal.code(), refusal.error().toString(), refusal.error());
    }

    /** Nobody here knows the method. Code -32601, HTTP 500. */
    public static JsonRpcError methodNotFound(final String method) {
        // What somebody calls a method may be as long as a body.
        final String name =
                method.length() <= MAX_QUOTED_CHARS
                        ? method
                        : method.substring(0, MAX_QUOTED_CHARS) + "…";
        return new JsonRpcError(METHOD_NOT_FOUND, "method '" + name + "' not found");
    }

    /** In go-jsonrpc's words. Code -32601, HTTP 500. */
    static JsonRpcError noChannelsHere(final String method) {
        return new JsonRpcError(
                METHOD_NOT_FOUND,
                "method '"
                        + method
                        + "' not supported in this mode (no out channel support): call it over a"
                        + " WebSocket, and not in a batch");
    }

    static JsonRpcError invalidRequest(final String message) {
        return new JsonRpcError(INVALID_REQUEST, message);
    }

    static JsonRpcError parse(final String message) {
        return new JsonRpcError(PARSE, message);
    }

    /** The number that says which kind of error it is. */
    public int code() {
        return code;
    }

    /** The text for the client. */
    public String text() {
        return String.valueOf(getMessage());
    }

    /** The whole error object, where it is another server's; otherwise null. */
    @Nullable RawJson passedOn() {
        return passedOn;
    }

    /** The HTTP status of a single call that ends with this error, as Lotus maps them. */
    int httpStatus() {
        return switch (code) {
            case PARSE, METHOD_NOT_FOUND, INVALID_PARAMS -> 500;
            case INVALID_REQUEST -> 400;
            default -> 200;
        };
    }
}
