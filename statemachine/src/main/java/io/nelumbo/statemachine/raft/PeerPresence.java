package io.nelumbo.statemachine.raft;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.proto.RaftProtos.ServerRpcProto;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once that a peer went away, and once that it is back. Ratis says so at each attempt to reach
 * it. Only a leader can tell: followers hear of nobody but the leader. Owned by the thread that
 * looks.
 */
final class PeerPresence {

    private static final Logger LOG = LoggerFactory.getLogger(PeerPresence.class);

    private final long awayMs;
    private final Set<String> away = new HashSet<>();

    /**
     * A new leader begins with each peer silent for {@code electionMax}: that alone is no absence.
     */
    PeerPresence(final RaftTimeouts timeouts) {
        this.awayMs = timeouts.electionMax().multipliedBy(2).toMillis();
    }

    /** Takes note of how this node's division stands. */
    void look(final RoleInfoProto role) {
        if (role.getRole() != RaftPeerRole.LEADER) {
            away.clear();
            return;
        }
        for (final ServerRpcProto peer : role.getLeaderInfo().getFollowerInfoList()) {
            look(peer.getId().getId().toStringUtf8(), peer.getLastRpcElapsedTimeMs());
        }
    }

    private void look(final String peerId, final long silentMs) {
        if (silentMs > awayMs) {
            if (away.add(peerId)) {
                LOG.warn("{} went away: no answer for {}", peerId, Duration.ofMillis(silentMs));
            }
        } else if (away.remove(peerId)) {
            LOG.info("{} is back", peerId);
        }
    }
}
