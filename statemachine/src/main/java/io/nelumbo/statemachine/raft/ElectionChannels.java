package io.nelumbo.statemachine.raft;

import java.io.IOException;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.server.RaftServer;

/**
 * Keeps the channels fresh over which this node would ask its peers for their votes. A gRPC channel
 * that met a dead peer backs off, up to two minutes, and fails every request meanwhile; Ratis
 * renews a leader's channels but not a candidate's. So a peer that was away during one election
 * would not be asked in the next, although it has long been back, and with one node down the
 * cluster would stay without a leader. Owned by the thread that looks.
 */
final class ElectionChannels {

    /** Below the shortest election timeout: until then a follower sends nothing to its peers. */
    private final long quietMs;

    private final RaftServer.Division division;
    private boolean renewed;

    ElectionChannels(final RaftServer.Division division, final RaftTimeouts timeouts) {
        this.division = division;
        this.quietMs = timeouts.electionMin().toMillis() / 2;
    }

    /** Renews them once each time that this node has become, or fallen back to, a follower. */
    void look() throws IOException {
        final RoleInfoProto role = division.getInfo().getRoleInfoProto();
        final boolean justFollower =
                role.getRole() == RaftPeerRole.FOLLOWER && role.getRoleElapsedTimeMs() < quietMs;
        if (justFollower && !renewed) {
            for (final RaftPeer peer : division.getRaftConf().getAllPeers()) {
                if (!peer.getId().equals(division.getId())) {
                    division.getRaftServer()
                            .getServerRpc()
                            .handleException(
                                    peer.getId(), new IOException("renewed after election"), true);
                }
            }
        }
        renewed = justFollower;
    }
}
