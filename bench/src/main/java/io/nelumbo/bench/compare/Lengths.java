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
    private static final int LEAST_SLICES = 6;
    private static final int WARM_UP_KINDS = 3;

    /** Of the kinds of load that warm up in turn: one of them, once. */
    Duration warmUpSlice() {
        final Duration share = warmUp.dividedBy(LEAST_SLICES);
        return share.compareTo(LONGEST_SLICE) < 0 ? share : LONGEST_SLICE;
    }

    /** How often each kind runs. */
    long warmUpTurns() {
        return warmUp.isZero() ? 0 : warmUp.dividedBy(warmUpSlice().multipliedBy(WARM_UP_KINDS));
    }
}
