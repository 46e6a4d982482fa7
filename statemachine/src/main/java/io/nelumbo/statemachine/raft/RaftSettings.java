package io.nelumbo.statemachine.raft;

import io.nelumbo.statemachine.identity.PeerIdentity;
import java.nio.file.Path;

/**
 * What a replica needs to know before it starts.
 *
 * @param identity this node's own; its peer id is one of the cluster's members
 * @param listen where the peer port is bound; the members' addresses are where others reach it
 * @param cluster the founding members
 * @param folder where this node keeps its Raft log, snapshots and membership marker; its own, on
 *     ext4 or xfs, and outside of it the journal
 * @param timeouts how long it waits
 * @param limits how much it takes
 */
public record RaftSettings(
        PeerIdentity identity,
        ListenAddress listen,
        RaftCluster cluster,
        Path folder,
        RaftTimeouts timeouts,
        RaftLimits limits) {

    public RaftSettings {
        cluster.member(identity.peerId().toString());
    }

    /** Listening where the others reach it, with the standard timeouts and limits. */
    public static RaftSettings standard(
            final PeerIdentity identity, final RaftCluster cluster, final Path folder) {
        final RaftMember self = cluster.member(identity.peerId().toString());
        return new RaftSettings(
                identity,
                new ListenAddress(self.host(), self.port()),
                cluster,
                folder,
                RaftTimeouts.standard(),
                RaftLimits.standard());
    }

    /** This node's peer id, which is its Raft peer id too. */
    public String peerId() {
        return identity.peerId().toString();
    }

    /** This node among the members. */
    RaftMember self() {
        return cluster.member(peerId());
    }

    /** Ratis's own folder inside ours. */
    Path storageFolder() {
        return folder.resolve(cluster.id().toString());
    }

    /** Ratis's folder of log segments, and ours for those that it has purged. */
    PurgedSegments purgedSegments() {
        return new PurgedSegments(
                storageFolder().resolve("current"), storageFolder().resolve("purged"));
    }
}
