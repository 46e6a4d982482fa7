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
     * @param interval longest pause between two forces, shorter when much is appended; what is
     *     younger may have to be refilled from the Raft log after a power cut, which is no loss
     */
    public static JournalForcer start(
            final Journal journal, final Duration interval, final Halt halt) {
        final ForcePace pace = new ForcePace(interval);
        return new JournalForcer(
                PeriodicTask.start(
                        "journal-forcer",
                        pace.lookEvery(),
                        () -> forceWhatIsNew(journal, pace),
                        failure -> halt.halt("the journal could not be made durable", failure)));
    }

    private static void forceWhatIsNew(final Journal journal, final ForcePace pace) {
        if (pace.isDue(journal.durable(), journal.last())) {
            journal.force();
        }
    }

    /** Stops forcing and waits for a force under way. The journal stays open. */
    @Override
    public void close() {
        task.close();
    }
}
