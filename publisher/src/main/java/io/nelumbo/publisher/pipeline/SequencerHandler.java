package io.nelumbo.publisher.pipeline;

import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.Sequence;

/** Drives the sequencer from the ring. Owned by the sequencer thread. */
final class SequencerHandler implements EventHandler<Slot> {

    private final Sequencer sequencer;
    private Sequence sequenced = new Sequence();

    SequencerHandler(final Sequencer sequencer) {
        this.sequencer = sequencer;
    }

    @Override
    public void setSequenceCallback(final Sequence sequenceCallback) {
        sequenced = sequenceCallback;
    }

    @Override
    public void onEvent(final Slot slot, final long sequence, final boolean endOfBatch) {
        sequencer.sequence(slot);
        // The signers may begin now, not after all that has arrived is sequenced.
        sequenced.set(sequence);
    }
}
