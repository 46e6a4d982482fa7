package io.nelumbo.publisher.cli.bench;

/** A bench that has nothing to measure; the message says why, and what to do next. */
public final class BenchStopped extends Exception {
    private static final long serialVersionUID = 1L;

    BenchStopped(final String message) {
        super(message);
    }
}
