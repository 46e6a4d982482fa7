package io.nelumbo.publisher.pipeline;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for the events of one batch, in the events' order. Owned by the replicator thread while
 * it collects, then by its {@link Epoch}, then by the thread that runs it; then it goes back to
 * {@link FreeBatches}. Preallocated, so that a receipt costs no garbage but itself.
 */
final class InFlightBatch implements Runnable {

    private final FreeBatches home;
    private final @Nullable Pending[] pendings;
    private int count;
    private long epoch;
    private long firstSequence;
    private boolean submitted;
    private @Nullable String unknownBecause;

    InFlightBatch(final FreeBatches home, final int maxEvents) {
        this.home = home;
        pendings = new Pending[maxEvents];
    }

    void begin(final long ofEpoch, final long fromSequence) {
        epoch = ofEpoch;
        firstSequence = fromSequence;
        count = 0;
        submitted = false;
        unknownBecause = null;
    }

    /** Adds the next event. */
    void add(final Pending pending) {
        pendings[count] = pending;
        count++;
    }

    int count() {
        return count;
    }

    /** Events that it holds when it is full. */
    int room() {
        return pendings.length;
    }

    boolean isFull() {
        return count == pendings.length;
    }

    long firstSequence() {
        return firstSequence;
    }

    /** From here on it may commit, whatever anybody says. */
    void submitted() {
        submitted = true;
    }

    /** The epoch ended before it was applied. */
    void unknownBecause(final String why) {
        unknownBecause = why;
    }

    /** Tells everybody who waits what became of it, and frees the place. */
    @Override
    public void run() {
        for (int n = 0; n < count; n++) {
            tell(Objects.requireNonNull(pendings[n]), firstSequence + n);
            pendings[n] = null;
        }
        home.put(this);
    }

    private void tell(final Pending pending, final long sequence) {
        if (!submitted) {
            pending.notSubmitted();
        } else if (unknownBecause != null) {
            pending.unknown(unknownBecause);
        } else {
            pending.committed(epoch, sequence);
        }
    }
}
