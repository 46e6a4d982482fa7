package io.nelumbo.publisher.node;

import io.nelumbo.journal.codec.BatchDecoder;
import io.nelumbo.publisher.api.feed.PoolFeed;
import io.nelumbo.publisher.api.push.AppliedSequences;
import io.nelumbo.publisher.api.push.Gateway;
import io.nelumbo.publisher.pipeline.Pipeline;
import io.nelumbo.publisher.publish.Publisher;
import io.nelumbo.statemachine.ledger.ApplyOutcome;
import io.nelumbo.statemachine.raft.ReplicaListener;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the parts of a node what its replica does: first who answers clients, then who pushes, so
 * that nothing is pushed before it is applied (I3). Called on the replica's threads.
 */
final class ReplicaEvents implements ReplicaListener {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaEvents.class);

    private final Pipeline pipeline;
    private final Publisher publisher;
    private final AppliedSequences applied;
    private final PoolFeed feed;
    private final Gateway gateway;

    ReplicaEvents(
            final Pipeline pipeline,
            final Publisher publisher,
            final AppliedSequences applied,
            final PoolFeed feed,
            final Gateway gateway) {
        this.pipeline = pipeline;
        this.publisher = publisher;
        this.applied = applied;
        this.feed = feed;
        this.gateway = gateway;
    }

    @Override
    public void onLeading(final long term) {
        LOG.info("leading in term {}", term);
        pipeline.onLeading(term);
    }

    @Override
    public void onLeadershipLost() {
        LOG.info("not leading any more");
        pipeline.onLeadershipLost();
    }

    @Override
    public void onLeaderChanged(final String leaderPeerId) {
        LOG.info("leader: {}", leaderPeerId.isEmpty() ? "none" : leaderPeerId);
    }

    @Override
    public void onApplied(
            final long raftTerm,
            final long raftIndex,
            final BatchDecoder batch,
            final ApplyOutcome outcome) {
        pipeline.onApplied(raftTerm, raftIndex, batch, outcome);
        if (outcome instanceof ApplyOutcome.Applied) {
            publisher.onApplied(batch);
            applied.onApplied();
            feed.onApplied(batch);
        }
    }

    @Override
    public void onMalformed(final long raftTerm, final long raftIndex, final String reason) {
        pipeline.onMalformed(raftTerm, raftIndex, reason);
    }

    @Override
    public CompletableFuture<byte[]> onLeaderCall(final byte[] request) {
        return gateway.onLeaderCall(request);
    }
}
