package io.nelumbo.statemachine.snapshot;

import io.nelumbo.journal.JournalPosition;
import io.nelumbo.statemachine.ledger.Ledger;

/**
 * The replicated state at one Raft index.
 *
 * @param raftTerm term of the last Raft entry in it
 * @param raftIndex index of the last Raft entry in it, batches or not
 * @param journal where the journal stands when it has every batch of the ledger; its next sequence
 *     is the ledger's
 * @param ledger whole and verified; the live ledger adopts it
 */
public record Snapshot(long raftTerm, long raftIndex, JournalPosition journal, Ledger ledger) {

    /** Throws SnapshotDamaged if the parts do not belong together. */
    public Snapshot {
        check(journal, raftIndex, ledger.nextSequence());
    }

    static void check(
            final JournalPosition journal, final long raftIndex, final long ledgerSequence) {
        if (journal.nextSequence() != ledgerSequence) {
            throw new SnapshotDamaged(
                    "expected a journal up to sequence "
                            + ledgerSequence
                            + " as the ledger but was "
                            + journal.nextSequence());
        }
        if (journal.raftIndex() > raftIndex) {
            throw new SnapshotDamaged(
                    "expected a journal up to Raft index "
                            + raftIndex
                            + " at most but was "
                            + journal.raftIndex());
        }
        if (journal.hash().length != SnapshotFormat.HASH_BYTES) {
            throw new SnapshotDamaged(
                    "expected a journal hash of 32 bytes but was " + journal.hash().length);
        }
    }
}
