package io.nelumbo.statemachine.snapshot;

import io.nelumbo.journal.JournalPosition;
import io.nelumbo.statemachine.ledger.FrozenLedger;

/**
 * A snapshot that is to be written: the replicated state as it was at one Raft index, while the
 * live ledger goes on. Closing it lets the live ledger go.
 *
 * @param raftTerm term of the last Raft entry in it
 * @param raftIndex index of the last Raft entry in it, batches or not
 * @param journal where the journal stood when it had every batch of the ledger
 * @param ledger of that moment
 */
public record FrozenSnapshot(
        long raftTerm, long raftIndex, JournalPosition journal, FrozenLedger ledger)
        implements AutoCloseable {

    @Override
    public void close() {
        ledger.close();
    }
}
