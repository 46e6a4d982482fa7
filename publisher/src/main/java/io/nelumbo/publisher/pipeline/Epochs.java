package io.nelumbo.publisher.pipeline;

import io.nelumbo.journal.codec.BatchDecoder;
import io.nelumbo.statemachine.ledger.ApplyOutcome;
import io.nelumbo.statemachine.raft.SubmitOutcome;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * How our epochs follow one another: CLOSED → OPENING → OPEN → CLOSED. Any thread; no method
 * blocks, because Raft's own threads call them.
 *
 * <p>Beginning goes through the ring, so that it has a place in the order of requests: a slot tells
 * the replicator to submit {@code EpochOpened}, and once that is applied another slot tells the
 * sequencer to begin. The control thread puts these slots, and waits for room when the ring is
 * full: a transition is never lost, and nobody else waits for it.
 *
 * <p>Ending does not: it is a mark on the {@link Epoch} that each stage looks at before each slot.
 * It needs no room and wakes whoever waits for a place; so after the end nothing is put in flight,
 * wherever in the ring it is.
 */
final class Epochs {

    private final Executor control;
    private final BiConsumer<Slot.Kind, Epoch> putSlot;
    private final FreeBatches places;
    private final Answers answers;
    private final PipelinePorts ports;
    private volatile @Nullable Epoch current;
    private volatile boolean closed;

    /** Which term the listener believes open; confined to the control thread. */
    private @Nullable Epoch announced;

    /**
     * @param control runs tasks one after the other, in order
     * @param putSlot puts a control slot into the ring; may wait for room
     */
    Epochs(
            final Executor control,
            final BiConsumer<Slot.Kind, Epoch> putSlot,
            final FreeBatches places,
            final PipelinePorts ports) {
        this.control = control;
        this.putSlot = putSlot;
        this.places = places;
        this.ports = ports;
        answers = new Answers(ports.receipts());
    }

    /** The epoch of the latest term that we led in, ended perhaps; null before the first. */
    @Nullable Epoch current() {
        return current;
    }

    /** We lead in a term. Told twice, or late, it does nothing. */
    synchronized void leading(final long term) {
        final Epoch former = current;
        if (closed || (former != null && term <= former.term())) {
            return;
        }
        if (former != null) {
            end(former, "leadership moved on to term " + term);
        }
        final Epoch opening = new Epoch(term);
        current = opening;
        control.execute(() -> putSlot.accept(Slot.Kind.OPEN_EPOCH, opening));
    }

    /** We do not lead any more. */
    void leadershipLost() {
        final Epoch epoch = current;
        if (epoch != null) {
            end(epoch, "leadership was lost");
        }
    }

    /** Our {@code EpochOpened} is applied. */
    void opened(final Epoch epoch) {
        control.execute(
                () -> {
                    if (!epoch.hasEnded()) {
                        putSlot.accept(Slot.Kind.BEGIN_SEQUENCING, epoch);
                        announced = epoch;
                        ports.epochListener().epochOpened(epoch.term());
                    }
                });
    }

    /**
     * A batch was applied or rejected. One of ours answers those who wait for it; one whose epoch
     * is over is in the ledger, or is not, and a repeated request id finds out.
     */
    void applied(
            final long raftTerm,
            final long raftIndex,
            final BatchDecoder batch,
            final ApplyOutcome outcome) {
        final Epoch epoch = current;
        if (epoch == null || !isOf(epoch, raftTerm, batch)) {
            return;
        }
        if (!(outcome instanceof ApplyOutcome.Applied)) {
            rejected(epoch, raftIndex, outcome.toString());
            return;
        }
        try {
            final InFlightBatch applied = epoch.applied(batch.firstSequence());
            if (applied != null) {
                answers.deliver(applied);
            }
        } catch (final IllegalStateException broken) {
            fail(epoch, "an applied batch was not the oldest in flight");
            ports.fault().accept(broken.getMessage(), broken);
        }
    }

    /**
     * An entry was rejected because it holds no batch. Only the leader's pipeline writes, so one of
     * our term is one of ours, and those who wait for it would wait for ever.
     */
    void malformed(final long raftTerm, final long raftIndex, final String reason) {
        final Epoch epoch = current;
        if (epoch != null && raftTerm == epoch.term()) {
            rejected(epoch, raftIndex, reason);
        }
    }

    private void rejected(final Epoch epoch, final long raftIndex, final String reason) {
        fail(epoch, "our batch at Raft index " + raftIndex + " was rejected: " + reason);
    }

    /**
     * A batch that an epoch before this one packed, but that reached the log in this term, is not
     * of this epoch: the ledger has rejected it, and that is all there is to it (I6).
     */
    private static boolean isOf(final Epoch epoch, final long raftTerm, final BatchDecoder batch) {
        return raftTerm == epoch.term() && batch.epoch() == epoch.term();
    }

    /**
     * What became of a submit. Only apply says that a batch is committed; this only ends epochs.
     */
    void submitted(
            final Epoch epoch,
            final @Nullable SubmitOutcome outcome,
            final @Nullable Throwable failure) {
        if (failure != null) {
            fail(epoch, "a batch was lost sight of: " + failure);
        } else if (outcome instanceof SubmitOutcome.Refused refused) {
            fail(epoch, "a batch was refused: " + refused.reason());
        } else if (outcome instanceof SubmitOutcome.Unknown unknown) {
            fail(epoch, "a batch was lost sight of: " + unknown.reason());
        }
    }

    /** The epoch cannot go on although we may still lead: only a new term opens another. */
    void fail(final Epoch epoch, final String why) {
        if (end(epoch, why)) {
            control.execute(ports.stepDown());
        }
    }

    /** Ends an epoch; false if it had ended before. */
    boolean end(final Epoch epoch, final String why) {
        final List<InFlightBatch> lost = epoch.end();
        if (lost == null) {
            return false;
        }
        places.epochEnded();
        for (final InFlightBatch batch : lost) {
            batch.unknownBecause(why);
            answers.deliver(batch);
        }
        control.execute(() -> announceClosed(epoch));
        return true;
    }

    /** Ends the epoch for good: no term opens another. */
    synchronized void close() {
        closed = true;
        final Epoch epoch = current;
        if (epoch != null) {
            end(epoch, "this node is closing");
        }
    }

    private void announceClosed(final Epoch epoch) {
        if (announced == epoch) {
            announced = null;
            ports.epochListener().epochClosed(epoch.term());
        }
    }
}
