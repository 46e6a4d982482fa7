package io.nelumbo.statemachine.raft;

import io.nelumbo.journal.Journal;
import java.time.Duration;

/**
 * Makes the journal durable again and again, on a thread of its own. A failure halts the process: a
 * failed fsync is never retried (I11).
 */
public final class JournalForcer implements AutoCloseable {

    private final PeriodicTask task;

    private JournalForcer(final PeriodicTask task) {
        this.task = task;
    }

    /**
     * Starts forcing.
     *
     * @param interval pause between two forces; what is younger may have to be refilled from the
     *     Raft log after a power cut, which is no loss
     */
    public static JournalForcer start(
            final Journal journal, final Duration interval, final Halt halt) {
        return new JournalForcer(
                PeriodicTask.start(
                        "journal-forcer",
                        interval,
                        () -> forceWhatIsNew(journal),
                        failure -> halt.halt("the journal could not be made durable", failure)));
    }

    private static void forceWhatIsNew(final Journal journal) {
        if (journal.durable().raftIndex() < journal.last().raftIndex()) {
            journal.force();
        }
    }

    /** Stops forcing and waits for a force under way. The journal stays open. */
    @Override
    public void close() {
        task.close();
    }
}
