package io.nelumbo.statemachine.raft;

import io.nelumbo.journal.Journal;
import io.nelumbo.journal.codec.BatchDecoder;
import io.nelumbo.journal.codec.MalformedBatch;
import io.nelumbo.statemachine.ledger.ApplyOutcome;
import io.nelumbo.statemachine.ledger.Ledger;
import org.agrona.concurrent.UnsafeBuffer;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a committed batch does here: ledger, then journal, then listener. Owned by the one applying
 * thread. Whatever it throws must halt the process (I11).
 */
final class BatchApplier {

    private static final Logger LOG = LoggerFactory.getLogger(BatchApplier.class);
    private static final int FIRST_SCRATCH_BYTES = 64 << 10;

    private final Ledger ledger;
    private final Journal journal;
    private final ReplicaListener listener;
    private final BatchDecoder decoder = new BatchDecoder();
    private final UnsafeBuffer batch = new UnsafeBuffer(0, 0);
    private byte[] scratch = new byte[FIRST_SCRATCH_BYTES];

    /** The ledger's next sequence between two batches: within one, the journal is behind. */
    private volatile long ledgerSequence;

    BatchApplier(final Ledger ledger, final Journal journal, final ReplicaListener listener) {
        this.ledger = ledger;
        this.journal = journal;
        this.listener = listener;
    }

    /**
     * Applies the batch of one Raft entry, or rejects it; the same on every node (I6). Throws
     * {@code UnknownEvent} or {@link UpgradeNeeded}, before anything was applied, if only a newer
     * node can tell.
     */
    void apply(final long raftTerm, final long raftIndex, final ByteString bytes) {
        try {
            wrap(bytes);
        } catch (final MalformedBatch e) {
            LOG.warn("rejected the entry at Raft index {}: {}", raftIndex, e.getMessage());
            listener.onMalformed(raftTerm, raftIndex, String.valueOf(e.getMessage()));
            return;
        }
        final ApplyOutcome outcome = ledger.apply(raftTerm, decoder);
        if (outcome instanceof ApplyOutcome.Applied) {
            journal.append(raftTerm, raftIndex, batch, 0, bytes.size());
        } else if (outcome instanceof ApplyOutcome.Rejected rejected) {
            LOG.warn("rejected the batch at Raft index {}: {}", raftIndex, rejected.reason());
        } else if (outcome instanceof ApplyOutcome.Unsupported unsupported) {
            throw new UpgradeNeeded(unsupported.reason());
        }
        ledgerSequence = ledger.nextSequence();
        listener.onApplied(raftTerm, raftIndex, decoder, outcome);
    }

    /** The ledger has adopted a snapshot, which may have taken it further than the journal. */
    void ledgerRestored() {
        ledgerSequence = ledger.nextSequence();
    }

    /** Whether the journal has every batch that the ledger has. Any thread. */
    boolean isJournalComplete() {
        return journal.last().nextSequence() >= ledgerSequence;
    }

    private void wrap(final ByteString bytes) {
        if (scratch.length < bytes.size()) {
            scratch = new byte[Math.max(bytes.size(), 2 * scratch.length)];
        }
        bytes.copyTo(scratch, 0);
        batch.wrap(scratch, 0, bytes.size());
        decoder.wrap(batch, 0, bytes.size());
    }
}
