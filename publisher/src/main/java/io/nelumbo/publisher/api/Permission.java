package io.nelumbo.publisher.api;

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
}
