package io.nelumbo.statemachine.raft;

import io.nelumbo.statemachine.identity.PeerIdentity;
import java.util.List;

/** The nodes of tests' clusters. */
final class TestPeers {
    static final PeerIdentity A = PeerIdentity.generate();
    static final PeerIdentity B = PeerIdentity.generate();
    static final PeerIdentity C = PeerIdentity.generate();
    static final List<PeerIdentity> ALL = List.of(A, B, C);

    private TestPeers() {}

    static String id(final PeerIdentity peer) {
        return peer.peerId().toString();
    }

    static RaftMember member(final PeerIdentity peer, final int port) {
        return new RaftMember(id(peer), "127.0.0.1", port);
    }
}
