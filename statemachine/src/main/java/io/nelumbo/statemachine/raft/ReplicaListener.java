package io.nelumbo.statemachine.raft;

import io.nelumbo.journal.codec.BatchDecoder;
import io.nelumbo.statemachine.ledger.ApplyOutcome;
import java.util.concurrent.CompletableFuture;

/**
 * What a replica tells the publisher. {@code onApplied} and {@code onMalformed} come on the one
 * applying thread, in log order; the others on threads of the engine. None may block.
 */
public interface ReplicaListener {

    /** This node leads in {@code term}, and everything committed before is applied here. */
    void onLeading(long term);

    /** This node does not lead any more. Batches in flight may still commit. */
    void onLeadershipLost();

    /** The cluster's leader as this node sees it; an empty text while there is none. */
    void onLeaderChanged(String leaderPeerId);

    /** A batch was applied or rejected. The decoder is valid only during the call. */
    void onApplied(long raftTerm, long raftIndex, BatchDecoder batch, ApplyOutcome outcome);

    /**
     * An entry holds no batch, so that there is nothing to decode: it is rejected like a batch that
     * does not fit (I6), on every node. On the applying thread, in log order.
     */
    void onMalformed(long raftTerm, long raftIndex, String reason);

    /** A peer asks the leader, which is us; the answer's meaning is the publisher's. */
    CompletableFuture<byte[]> onLeaderCall(byte[] request);
}
