package io.nelumbo.statemachine.raft;

import io.nelumbo.config.PeerId;
import io.nelumbo.statemachine.identity.PeerTrust;
import org.jspecify.annotations.Nullable;

/** The founding members, as TLS asks for them. Immutable. */
record ClusterMembers(RaftCluster cluster) implements PeerTrust.MemberList {

    @Override
    public boolean contains(final PeerId peer) {
        return cluster.members().stream()
                .anyMatch(member -> member.peerId().equals(peer.toString()));
    }

    @Override
    public @Nullable PeerId at(final String host, final int port) {
        final String bare =
                host.startsWith("[") && host.endsWith("]")
                        ? host.substring(1, host.length() - 1)
                        : host;
        return cluster.members().stream()
                .filter(member -> member.host().equalsIgnoreCase(bare) && member.port() == port)
                .map(member -> PeerId.parse(member.peerId()))
                .findFirst()
                .orElse(null);
    }
}
