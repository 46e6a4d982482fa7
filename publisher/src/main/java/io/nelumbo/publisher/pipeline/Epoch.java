package io.nelumbo.publisher.pipeline;

import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One term of our own leadership, and its batches in flight. Any thread; its monitor makes three
 * things one after the other that come from three threads: a batch is submitted, a batch is
 * applied, the epoch ends.
 *
 * <pre>
 *              BEGIN_SEQUENCING slot
 *   OPENING ───────────────────────────► OPEN
 *      └───────────────► ENDED ◄──────────┘      once, from any thread, for ever
 * </pre>
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>A batch is in flight before it is submitted, so its apply always finds it.
 *   <li>After the end no batch is put in flight, and none is answered as committed: whoever waits
 *       is told that the outcome is unknown, although it may be applied a moment later. That is
 *       safe, because the same request id then finds the ledger's answer (I4).
 *   <li>Batches are applied in the order in which they were submitted.
 * </ul>
 */
final class Epoch {

    private enum Phase {
        OPENING,
        OPEN,
        ENDED
    }

    private final long term;
    private final ArrayDeque<InFlightBatch> inFlight = new ArrayDeque<>();
    private volatile Phase phase = Phase.OPENING;

    Epoch(final long term) {
        this.term = term;
    }

    long term() {
        return term;
    }

    /** Whether requests are sequenced in it. */
    boolean isOpen() {
        return phase == Phase.OPEN;
    }

    boolean hasEnded() {
        return phase == Phase.ENDED;
    }

    /** Lets requests in; false if it has ended. */
    synchronized boolean open() {
        if (hasEnded()) {
            return false;
        }
        phase = Phase.OPEN;
        return true;
    }

    /** Puts a batch in flight, to be submitted next; false, and it must not be, after the end. */
    synchronized boolean putInFlight(final InFlightBatch batch) {
        if (hasEnded()) {
            return false;
        }
        batch.submitted();
        inFlight.addLast(batch);
        return true;
    }

    /**
     * Takes out the batch that was applied, or returns null after the end.
     *
     * @throws IllegalStateException if it is not the oldest in flight: a batch of this epoch that
     *     we did not submit, or one that overtook another
     */
    synchronized @Nullable InFlightBatch applied(final long firstSequence) {
        if (hasEnded()) {
            return null;
        }
        final InFlightBatch oldest = inFlight.pollFirst();
        if (oldest == null || oldest.firstSequence() != firstSequence) {
            throw new IllegalStateException(
                    "expected the batch in flight at sequence "
                            + (oldest == null ? "none" : oldest.firstSequence())
                            + " to be applied next in epoch "
                            + term
                            + " but was "
                            + firstSequence);
        }
        return oldest;
    }

    /** Ends it, and hands out what was in flight; null if it had ended before. */
    synchronized @Nullable List<InFlightBatch> end() {
        if (hasEnded()) {
            return null;
        }
        phase = Phase.ENDED;
        final List<InFlightBatch> lost = List.copyOf(inFlight);
        inFlight.clear();
        return lost;
    }
}
