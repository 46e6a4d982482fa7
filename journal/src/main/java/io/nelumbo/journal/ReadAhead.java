package io.nelumbo.journal;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads and verifies a journal ahead of whoever takes its records, on a thread of its own. Owned by
 * the thread that takes; the reader belongs to this until {@link #close}.
 */
public final class ReadAhead implements AutoCloseable {

    /** What the reading thread hands over; without a record it is the last. */
    private record Step(@Nullable JournalRecord record, @Nullable Throwable failure) {}

    private static final Step END = new Step(null, null);

    private final JournalReader reader;
    private final BlockingQueue<Step> steps;
    private final Thread thread = new Thread(this::read, "journal-read-ahead");
    private volatile boolean closed;
    private @Nullable Step last;

    private ReadAhead(final JournalReader reader, final int maxRecords) {
        this.reader = reader;
        steps = new ArrayBlockingQueue<>(maxRecords);
    }

    /**
     * Begins to read where the reader is.
     *
     * @param maxRecords read and not taken, at most
     */
    public static ReadAhead of(final JournalReader reader, final int maxRecords) {
        final ReadAhead ahead = new ReadAhead(reader, maxRecords);
        ahead.thread.setDaemon(true);
        ahead.thread.start();
        return ahead;
    }

    /**
     * The next record, or null after the last one, for good: what is appended later is not seen.
     *
     * @throws JournalFailure if the journal is broken there, as the reader says
     */
    public @Nullable JournalRecord next() {
        if (last == null) {
            final Step step = taken();
            if (step.record() != null) {
                return step.record();
            }
            last = step;
        }
        if (last.failure() instanceof Error error) {
            throw error;
        }
        if (last.failure() instanceof RuntimeException failure) {
            throw failure;
        }
        return null;
    }

    /** Stops reading, and returns when the reader is free. */
    @Override
    public void close() {
        closed = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            // Makes room for a thread that waits to hand over.
            steps.clear();
            try {
                thread.join(1);
            } catch (final InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Step taken() {
        try {
            return steps.take();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JournalFailure("Interrupted while the journal was read", e);
        }
    }

    private void read() {
        try {
            Step step = step();
            while (!closed && step.record() != null) {
                steps.put(step);
                step = step();
            }
            if (!closed) {
                steps.put(step);
            }
        } catch (final InterruptedException e) {
            throw new IllegalStateException("expected nobody to interrupt the reading thread", e);
        }
    }

    private Step step() {
        try {
            final JournalRecord record = reader.next();
            return record == null ? END : new Step(record, null);
        } catch (final RuntimeException | Error failure) {
            return new Step(null, failure);
        }
    }
}
