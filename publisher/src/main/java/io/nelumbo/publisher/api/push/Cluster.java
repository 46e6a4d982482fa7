package io.nelumbo.publisher.api.push;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What the way in needs to know of the other nodes. Any thread; nothing blocks. */
public interface Cluster {

    /** Whether this node leads, so that pushes are decided here. */
    boolean isLeading();

    /** Peer id of the leader that this node knows, or empty while it knows none. */
    Optional<String> leader();

    /**
     * Asks the leader, whose {@link Gateway#onLeaderCall} answers. The leader may get the call more
     * than once. Fails when no leader answers in time; the call may have reached one all the same.
     */
    CompletableFuture<byte[]> callLeader(byte[] request);
}
