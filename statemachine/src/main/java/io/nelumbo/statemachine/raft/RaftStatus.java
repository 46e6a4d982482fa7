package io.nelumbo.statemachine.raft;

import java.util.List;

/**
 * How one replica stands, at one moment and as far as it knows: for operators and metrics.
 *
 * @param role {@code LEADER}, {@code FOLLOWER}, {@code CANDIDATE} or {@code LISTENER}
 * @param term its current Raft term
 * @param leader peer id of the leader it knows, or an empty text
 * @param ready whether it leads and has applied everything that was committed before
 * @param appliedIndex Raft index of the last entry applied here, -1 before the first
 * @param commitIndex Raft index of the last entry known to be committed, -1 before the first
 * @param journalComplete whether the journal here has every batch that the ledger has; it has not
 *     while a snapshot took the ledger further and the records between come from a peer
 * @param peersRefused connections turned away at the peer port since the start
 * @param members the members with the commit index last heard of them
 */
public record RaftStatus(
        String role,
        long term,
        String leader,
        boolean ready,
        long appliedIndex,
        long commitIndex,
        boolean journalComplete,
        long peersRefused,
        List<Member> members) {

    public RaftStatus {
        members = List.copyOf(members);
    }

    /** A member, and the commit index it last told of; -1 if it was never heard. */
    public record Member(String peerId, String address, long commitIndex) {}
}
