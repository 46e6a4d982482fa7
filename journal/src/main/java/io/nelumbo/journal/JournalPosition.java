package io.nelumbo.journal;

/**
 * A point in the journal: just after the record of {@code raftIndex}.
 *
 * @param raftTerm Raft term of the last record, or 0 before the first
 * @param raftIndex Raft index of the last record, or -1 before the first
 * @param nextSequence sequence that the next record must begin with
 * @param timestampNs timestamp of the last record, or 0 before the first
 * @param hash hash of the last record (32 bytes), or the genesis hash; not to be changed
 */
public record JournalPosition(
        long raftTerm, long raftIndex, long nextSequence, long timestampNs, byte[] hash) {}
