package io.nelumbo.statemachine.raft;

import io.nelumbo.journal.JournalPosition;
import java.time.Duration;

/**
 * When the journal is forced: after an interval, or as soon as much is new. Owned by the thread
 * that forces.
 *
 * <p>Why not by the interval alone: a force writes all that was appended since the last one, and a
 * force of the Raft log, which everybody waits for, has to wait for that on the same disk. With a
 * second's worth of a loaded node it did for 65 to 90 ms.
 */
final class ForcePace {

    /**
     * Events that are much: one to two megabytes of usual messages, a few ms of writing. A position
     * knows no bytes, so much larger messages may still wait for the interval.
     */
    static final int MUCH_EVENTS = 4096;

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final long looksPerInterval;
    private final Duration lookEvery;
    private long looks;

    ForcePace(final Duration interval) {
        looksPerInterval = Math.max(1, interval.dividedBy(LOOK_EVERY));
        lookEvery = interval.dividedBy(looksPerInterval);
    }

    /** How often to ask. */
    Duration lookEvery() {
        return lookEvery;
    }

    /** Whether to force now; to be asked once for each look. */
    boolean isDue(final JournalPosition durable, final JournalPosition last) {
        looks++;
        final boolean much = last.nextSequence() - durable.nextSequence() >= MUCH_EVENTS;
        if (!much && looks < looksPerInterval) {
            return false;
        }
        looks = 0;
        return durable.raftIndex() < last.raftIndex();
    }
}
