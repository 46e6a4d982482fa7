package io.nelumbo.journal.chronicle;

import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.RollCycles;

/**
 * How much time one file of the journal covers, by the batches' timestamps in UTC. All nodes of a
 * cluster use the same, so that their files line up; a folder keeps the one it was begun with.
 */
public enum JournalCycle {
    /** For tests and demonstrations: shows rolling without waiting for it. */
    FIVE_MINUTES,
    HOUR,
    DAY;

    RollCycle rollCycle() {
        return switch (this) {
            case FIVE_MINUTES -> RollCycles.FIVE_MINUTELY;
            case HOUR -> RollCycles.FAST_HOURLY;
            case DAY -> RollCycles.FAST_DAILY;
        };
    }
}
