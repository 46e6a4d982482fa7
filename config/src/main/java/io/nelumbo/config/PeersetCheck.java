package io.nelumbo.config;

import java.util.ArrayList;
import java.util.List;

/** Whether the peers of a configuration make a cluster, with this node in it. */
final class PeersetCheck {
    private static final int MAX_PEERS = 15;
    private static final String KEY = "[Cluster] InitPeersetMultiAddr";

    private PeersetCheck() {}

    /** What is wrong with the peer set, whoever this node is. */
    static List<ConfigError> errors(final ClusterConfig cluster, final Place place) {
        final List<ConfigError> errors = new ArrayList<>();
        final List<Multiaddr> peers = cluster.initPeersetMultiAddr();
        if (cluster.clusterModeEnabled() && peers.size() < ClusterConfig.MIN_PEERS) {
            errors.add(
                    place.error(
                            KEY,
                            "has " + peers.size() + " peers and ClusterModeEnabled is true",
                            "at least "
                                    + ClusterConfig.MIN_PEERS
                                    + " peers, this node included; fewer cannot lose one"));
        }
        if (peers.size() > MAX_PEERS) {
            errors.add(place.error(KEY, "has " + peers.size() + " peers", "at most " + MAX_PEERS));
        }
        for (int i = 0; i < peers.size(); i++) {
            checkPeer(peers, i, place, errors);
        }
        return errors;
    }

    /** What is wrong with the peer set for a node of this identity. */
    static List<ConfigError> membershipErrors(
            final ClusterConfig cluster, final PeerId ownPeerId, final Place place) {
        final boolean member =
                cluster.initPeersetMultiAddr().stream()
                        .anyMatch(peer -> ownPeerId.equals(peer.peerId()));
        if (!cluster.clusterModeEnabled() || member) {
            return List.of();
        }
        return List.of(
                place.error(
                        KEY,
                        "does not name this node, whose peer id is " + ownPeerId,
                        "the line of `nelumbo net listen` of this node among the peers"));
    }

    private static void checkPeer(
            final List<Multiaddr> peers,
            final int index,
            final Place place,
            final List<ConfigError> errors) {
        final Multiaddr peer = peers.get(index);
        final String which = "element " + index + " (" + peer + ") ";
        if (peer.peerId() == null) {
            errors.add(
                    place.error(
                            KEY, which + "does not say who it is", "/p2p/<peer id> at its end"));
        }
        if (peer.isUnspecified() || peer.port() == 0) {
            errors.add(
                    place.error(
                            KEY,
                            which + "cannot be connected to",
                            "an address and a port that the other nodes can reach"));
        }
        for (int other = 0; other < index; other++) {
            final Multiaddr earlier = peers.get(other);
            final boolean samePeer =
                    peer.peerId() != null && peer.peerId().equals(earlier.peerId());
            if (samePeer || peer.samePlaceAs(earlier)) {
                errors.add(
                        place.error(
                                KEY,
                                which
                                        + "has the "
                                        + (samePeer ? "peer id" : "address")
                                        + " of element "
                                        + other,
                                "every peer once"));
            }
        }
    }
}
