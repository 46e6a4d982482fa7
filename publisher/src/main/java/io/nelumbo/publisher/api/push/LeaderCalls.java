package io.nelumbo.publisher.api.push;

import io.nelumbo.publisher.jsonrpc.MalformedJson;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A follower's calls to the leader. Any thread. */
final class LeaderCalls {
    private final Cluster cluster;

    LeaderCalls(final Cluster cluster) {
        this.cluster = cluster;
    }

    /** The leader's answers; fails when none came, though the call may have reached a leader. */
    CompletableFuture<List<PushAnswer>> ask(final PushCall call) {
        return cluster.callLeader(LeaderWire.encode(call))
                .thenApply(
                        bytes -> {
                            try {
                                return LeaderWire.decodeAnswers(bytes);
                            } catch (final MalformedJson e) {
                                throw new IllegalStateException(
                                        "the leader's answer cannot be read: " + e.getMessage());
                            }
                        });
    }
}
