package io.nelumbo.publisher.pipeline;

import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.Sequence;
import java.util.Objects;

/**
 * One of n signers: signs every n-th slot at the nonce that was proposed. Owned by its own thread.
 * Signing costs most of a message's way, is deterministic, and needs nothing but the slot: so it is
 * what is done in parallel.
 */
final class SignerStage implements EventHandler<Slot> {

    private final int ordinal;
    private final int signers;
    private Sequence signed = new Sequence();

    SignerStage(final int ordinal, final int signers) {
        this.ordinal = ordinal;
        this.signers = signers;
    }

    @Override
    public void setSequenceCallback(final Sequence sequenceCallback) {
        signed = sequenceCallback;
    }

    @Override
    public void onEvent(final Slot slot, final long sequence, final boolean endOfBatch) {
        if (Math.floorMod(sequence, signers) != ordinal) {
            return;
        }
        sign(slot);
        // Let the replicator have it now: what else is waiting here may take a millisecond.
        signed.set(sequence);
    }

    /** The ring position up to which all of them are done. */
    static long signedUpTo(final SignerStage... signers) {
        long lowest = Long.MAX_VALUE;
        for (final SignerStage signer : signers) {
            lowest = Math.min(lowest, signer.signed.get());
        }
        return lowest;
    }

    static void sign(final Slot slot) {
        if (slot.kind == Slot.Kind.REQUEST) {
            slot.signing =
                    Signatures.sign(
                            Objects.requireNonNull(slot.request).request().draft(), slot.nonce);
        }
    }
}
