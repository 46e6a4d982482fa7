package io.nelumbo.publisher.cli.bench;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a bench measures.
 *
 * @param folder empty; on the disk that is meant
 * @param duration of each load, its warm-up not counted
 * @param accounts that send, 1 to 1000
 * @param window calls in flight at most where the loop is closed, 1 to 1000
 * @param batchMessages in one call of a batch, 1 to 1000
 */
public record BenchOptions(
        Path folder, Duration duration, int accounts, int window, int batchMessages) {
    private static final int MAX = 1_000;

    /** Throws {@link IllegalArgumentException} for what is out of range. */
    public BenchOptions {
        require("accounts", accounts);
        require("window", window);
        require("batch", batchMessages);
        if (duration.toSeconds() < 1 || duration.toSeconds() > MAX) {
            throw new IllegalArgumentException("expected seconds in 1..1000 but was " + duration);
        }
    }

    private static void require(final String name, final int value) {
        if (value < 1 || value > MAX) {
            throw new IllegalArgumentException(
                    "expected %s in 1..%d but was %d".formatted(name, MAX, value));
        }
    }
}
