package io.nelumbo.publisher.load;

import java.time.Duration;

/**
 * A load that is to be run.
 *
 * @param maxBatchMessages the most that a {@link Target} gets at once, from 1
 * @param warmUp runs first and is not recorded; not negative
 * @param duration of what is recorded, above 0
 * @param patience how long answers, and in an open loop the sending of what was due, may take
 *     behind the end; not negative
 */
public record LoadPlan(
        Pace pace, int maxBatchMessages, Duration warmUp, Duration duration, Duration patience) {

    /** Throws {@link IllegalArgumentException} for what is out of range. */
    public LoadPlan {
        if (maxBatchMessages < 1
                || warmUp.isNegative()
                || duration.isNegative()
                || duration.isZero()
                || patience.isNegative()) {
            throw new IllegalArgumentException(
                    "expected batches from 1 and a duration above 0 but was "
                            + maxBatchMessages
                            + ", "
                            + warmUp
                            + ", "
                            + duration
                            + ", "
                            + patience);
        }
    }

    /** One message at a time to a target, and ten seconds of patience. */
    public static LoadPlan of(final Pace pace, final Duration warmUp, final Duration duration) {
        return new LoadPlan(pace, 1, warmUp, duration, Duration.ofSeconds(10));
    }

    /** With batches of another size. */
    public LoadPlan withBatches(final int newMaxBatchMessages) {
        return new LoadPlan(pace, newMaxBatchMessages, warmUp, duration, patience);
    }
}
