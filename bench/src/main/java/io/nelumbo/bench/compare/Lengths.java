package io.nelumbo.bench.compare;

import java.time.Duration;

/**
 * How long things take, the same for every contestant.
 *
 * @param warmUp in new processes, before anything is recorded
 * @param load each one
 */
record Lengths(int rounds, Duration warmUp, Duration load) {

    private static final Duration LONGEST_SLICE = Duration.ofSeconds(5);
    private static final int LEAST_SLICES = 4;

    /** Of the two kinds of load that warm up in turn: one of them, once. */
    Duration warmUpSlice() {
        final Duration quarter = warmUp.dividedBy(LEAST_SLICES);
        return quarter.compareTo(LONGEST_SLICE) < 0 ? quarter : LONGEST_SLICE;
    }

    /** How often both kinds run. */
    long warmUpPairs() {
        return warmUp.isZero() ? 0 : warmUp.dividedBy(warmUpSlice().multipliedBy(2));
    }
}
