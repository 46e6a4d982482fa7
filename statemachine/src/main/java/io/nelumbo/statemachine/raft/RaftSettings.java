package io.nelumbo.statemachine.raft;

import java.nio.file.Path;

/**
 * What a replica needs to know before it starts.
 *
 * @param peerId this node's own peer id; one of the cluster's members
 * @param cluster the founding members
 * @param folder where this node keeps its Raft log, snapshots and membership marker; its own, on
 *     ext4 or xfs, and outside of it the journal
 * @param timeouts how long it waits
 * @param limits how much it takes
 */
public record RaftSettings(
        String peerId, RaftCluster cluster, Path folder, RaftTimeouts timeouts, RaftLimits limits) {

    public RaftSettings {
        cluster.member(peerId);
    }

    /** With the standard timeouts and limits. */
    public static RaftSettings standard(
            final String peerId, final RaftCluster cluster, final Path folder) {
        return new RaftSettings(
                peerId, cluster, folder, RaftTimeouts.standard(), RaftLimits.standard());
    }

    /** This node among the members. */
    RaftMember self() {
        return cluster.member(peerId);
    }

    /** Ratis's own folder inside ours. */
    Path storageFolder() {
        return folder.resolve(cluster.id().toString());
    }
}
