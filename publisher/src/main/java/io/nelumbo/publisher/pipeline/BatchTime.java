package io.nelumbo.publisher.pipeline;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The timestamps of our batches (I8). Owned by the replicator thread.
 *
 * <p>Invariant: within an epoch, timestamps advance exactly as the leader's monotonic clock, one
 * nanosecond for a batch at least. The wall clock is looked at once, where the epoch opens. So it
 * may be wrong by years, or be set in the middle, and the ledger's age ({@code LedgerView.ageNs}),
 * which leaves the openings out, still counts no more than has really passed: no clock makes a
 * request id expire early (I4).
 *
 * <p>Where the wall clock is behind the log, time goes on from the log's last timestamp. Where it
 * is ahead, one opening moves the log on by {@value #MAX_JUMP_DAYS} days at most, so that one
 * absurd clock cannot carry the log to the end of time.
 */
final class BatchTime {

    private static final Logger LOG = LoggerFactory.getLogger(BatchTime.class);

    private static final int MAX_JUMP_DAYS = 30;
    static final long MAX_JUMP_NS = Duration.ofDays(MAX_JUMP_DAYS).toNanos();

    /** Clocks that are kept are much nearer than that; people should know of others. */
    private static final long REMARKABLE_NS = Duration.ofMinutes(1).toNanos();

    private final LeaderClock clock;
    private long openedNs;
    private long openedMonotonicNs;
    private long lastNs;

    BatchTime(final LeaderClock clock) {
        this.clock = clock;
    }

    /**
     * Begins an epoch.
     *
     * @param lastTimestampNs the ledger's; 0 if nothing was ever applied, and then the wall clock
     *     is all that there is
     */
    void beginEpoch(final long lastTimestampNs) {
        lastNs = lastTimestampNs;
        openedMonotonicNs = clock.monotonicNs().getAsLong();
        final long aheadNs = clock.wallNs().getAsLong() - lastTimestampNs;
        openedNs = lastTimestampNs + Math.max(1, bounded(lastTimestampNs, aheadNs));
    }

    /** The next batch's. */
    long next() {
        final long countedNs = clock.monotonicNs().getAsLong() - openedMonotonicNs;
        lastNs = Math.max(lastNs + 1, openedNs + countedNs);
        return lastNs;
    }

    private static long bounded(final long lastTimestampNs, final long aheadNs) {
        if (aheadNs < -REMARKABLE_NS) {
            LOG.warn(
                    "this node's clock is {} behind the last batch's timestamp",
                    Duration.ofNanos(-aheadNs));
        }
        if (lastTimestampNs == 0 || aheadNs <= MAX_JUMP_NS) {
            return aheadNs;
        }
        LOG.warn(
                "this node's clock is {} ahead of the last batch's timestamp: taking {} of it",
                Duration.ofNanos(aheadNs),
                Duration.ofNanos(MAX_JUMP_NS));
        return MAX_JUMP_NS;
    }
}
