package io.nelumbo.publisher.api;

import io.nelumbo.publisher.jsonrpc.JsonRpcError;
import java.util.Locale;

/**
 * What a token allows. None implies another: a token that may sign may not read unless it says so.
 */
public enum Permission {
    READ,
    WRITE,
    SIGN,
    ADMIN;

    /** As tokens and errors write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The error for a caller without it, in Lotus's words.
     *
     * @param method without the prefix {@code Filecoin.}
     */
    public JsonRpcError missingFor(final String method) {
        return JsonRpcError.application(
                "missing permission to invoke '" + method + "' (need '" + text() + "')");
    }
}
