package io.nelumbo.publisher.pipeline;

import io.nelumbo.publisher.chain.Signing;
import org.jspecify.annotations.Nullable;

/**
 * A place in the ring. Owned by one stage after the other: whoever claimed it, the sequencer, one
 * signer, the replicator. Preallocated, and reused for ever.
 */
final class Slot {

    /** What a slot carries. */
    enum Kind {
        /** Nothing, or what an earlier stage has answered already. */
        DONE,
        /** A request: sequence, sign, replicate. */
        REQUEST,
        /** An offered event: check, replicate. */
        COMMAND,
        /** We lead: the replicator submits {@code EpochOpened}. */
        OPEN_EPOCH,
        /** Our {@code EpochOpened} is applied: the sequencer begins. */
        BEGIN_SEQUENCING
    }

    Kind kind = Kind.DONE;

    /** Of a control slot: whose; else the epoch in which it was sequenced. */
    @Nullable Epoch epoch;

    @Nullable PendingRequest request;
    @Nullable PendingCommand command;

    /** The sequencer's proposal. */
    long nonce;

    /** Whether the sequencer's head moved for it: not for a nonce that came with the message. */
    boolean counted;

    /** What signing at the proposed nonce came to. */
    @Nullable Signing signing;

    void carry(final PendingRequest pending) {
        kind = Kind.REQUEST;
        request = pending;
    }

    void carry(final PendingCommand pending) {
        kind = Kind.COMMAND;
        command = pending;
    }

    void carry(final Kind control, final Epoch whose) {
        kind = control;
        epoch = whose;
    }

    /** Forgets everything, so that nothing outlives its turn. */
    void clear() {
        kind = Kind.DONE;
        epoch = null;
        request = null;
        command = null;
        signing = null;
        counted = false;
    }
}
