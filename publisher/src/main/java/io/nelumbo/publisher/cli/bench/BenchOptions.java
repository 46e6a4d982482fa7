package io.nelumbo.publisher.cli.bench;

import java.time.Duration;

/**
 * What a bench measures.
 *
 * @param warmUp before the first load, unmeasured: Java's compilers have most to do then, and take
 *     the cores from the nodes
 * @param duration of each load
 * @param accounts that send, 1 to 1000
 * @param window calls in flight at most where the loop is closed, 1 to 1000
 * @param batchMessages in one call of a batch, 1 to 1000
 */
public record BenchOptions(
        Duration warmUp, Duration duration, int accounts, int window, int batchMessages) {
    /** In all, with the warm-up: the chain remembers each in this process's memory. */
    static final int MAX_MESSAGES = 1_000_000;

    private static final int MAX = 1_000;

    /** Throws {@link IllegalArgumentException} for what is out of range. */
    public BenchOptions {
        require("accounts", accounts);
        require("window", window);
        require("batch", batchMessages);
        require("seconds", duration.toSeconds());
        require("warm-up", warmUp.toSeconds());
    }

    private static void require(final String name, final long value) {
        if (value < 1 || value > MAX) {
            throw new IllegalArgumentException(
                    "expected %s in 1..%d but was %d".formatted(name, MAX, value));
        }
    }
}
