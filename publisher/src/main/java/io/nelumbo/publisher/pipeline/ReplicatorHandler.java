package io.nelumbo.publisher.pipeline;

import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.Sequence;
import java.util.function.LongSupplier;

/**
 * Drives the replicator stage from the ring, and is where the pipeline waits. Owned by the
 * replicator thread.
 *
 * <p>When nothing more has arrived, what is packed leaves as soon as it may: see {@link Packer}.
 * Until then it goes on collecting if more arrives, so that waiting makes batches larger, not
 * later; once a batch is full, the stage waits inside packing. Either way the ring fills up behind
 * it, and clients are told Overloaded. It never goes to sleep on the ring with something packed in
 * its hands, so nobody has to wake it there.
 */
final class ReplicatorHandler implements EventHandler<Slot> {

    /**
     * A free place wakes the stage at once; only news of more slots is looked for this often, and
     * those could not leave earlier anyway.
     */
    private static final long LOOK_FOR_MORE_NS = 200_000;

    private final ReplicatorStage stage;
    private final LongSupplier signedUpTo;
    private Sequence done = new Sequence();

    /**
     * @param signedUpTo ring position up to which all signers are done
     */
    ReplicatorHandler(final ReplicatorStage stage, final LongSupplier signedUpTo) {
        this.stage = stage;
        this.signedUpTo = signedUpTo;
    }

    @Override
    public void setSequenceCallback(final Sequence sequenceCallback) {
        done = sequenceCallback;
    }

    @Override
    public void onEvent(final Slot slot, final long sequence, final boolean endOfBatch) {
        stage.replicate(slot);
        // The slot is empty: producers may have it, even while this thread waits below.
        done.set(sequence);
        if (endOfBatch) {
            while (!stage.flush(LOOK_FOR_MORE_NS)) {
                if (signedUpTo.getAsLong() > sequence) {
                    return;
                }
            }
        }
    }
}
