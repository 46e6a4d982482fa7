package io.nelumbo.journal;

import org.jspecify.annotations.Nullable;

/** The order of records: Raft terms, Raft indices, sequences and times. Stateless. */
public final class Order {

    private Order() {}

    /**
     * Checks that a record may stand after a position.
     *
     * @return what is wrong, or null
     */
    public static @Nullable Fault faultAfter(
            final JournalPosition previous,
            final long raftTerm,
            final long raftIndex,
            final long firstSequence,
            final long timestampNs) {
        if (raftIndex <= previous.raftIndex()) {
            return new Fault("a Raft index above " + previous.raftIndex(), raftIndex + "");
        }
        if (raftTerm < previous.raftTerm()) {
            return new Fault("a Raft term from " + previous.raftTerm() + " on", raftTerm + "");
        }
        if (firstSequence != previous.nextSequence()) {
            return new Fault("first sequence " + previous.nextSequence(), firstSequence + "");
        }
        if (timestampNs <= previous.timestampNs()) {
            return new Fault("a timestamp above " + previous.timestampNs(), timestampNs + "");
        }
        return null;
    }
}
