package io.nelumbo.publisher.api.push;

import java.util.concurrent.CompletionException;

/** Failures of futures, without what the futures wrapped around them. */
public final class Failures {

    private Failures() {}

    public static Throwable cause(final Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
