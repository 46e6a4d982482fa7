package io.nelumbo.journal;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

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
        long raftTerm, long raftIndex, long nextSequence, long timestampNs, byte[] hash) {

    /** Before the first record. */
    public static JournalPosition genesis() {
        return new JournalPosition(0, -1, 0, 0, HashChain.genesis());
    }

    /** By value, the hash included. */
    @Override
    public boolean equals(final @Nullable Object other) {
        return other instanceof JournalPosition that
                && raftTerm == that.raftTerm
                && raftIndex == that.raftIndex
                && nextSequence == that.nextSequence
                && timestampNs == that.timestampNs
                && Arrays.equals(hash, that.hash);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(raftIndex) ^ Arrays.hashCode(hash);
    }

    @Override
    public String toString() {
        return "(raft term "
                + raftTerm
                + ", raft index "
                + raftIndex
                + ", next sequence "
                + nextSequence
                + ", hash "
                + HexFormat.of().formatHex(hash)
                + ")";
    }
}
