package io.nelumbo.bench.peers.aeron;

import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.cluster.codecs.CloseReason;
import io.aeron.cluster.service.ClientSession;
import io.aeron.cluster.service.Cluster;
import io.aeron.cluster.service.ClusteredService;
import io.aeron.logbuffer.Header;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Answers each message with its number and its load, when it is committed: the least that a client
 * needs to know. The thread of the service's container.
 */
final class AckService implements ClusteredService {

    private final Runnable onLeader;
    private @Nullable Cluster cluster;

    AckService(final Runnable onLeader) {
        this.onLeader = onLeader;
    }

    @Override
    public void onStart(final Cluster started, final @Nullable Image snapshotImage) {
        this.cluster = started;
    }

    @Override
    public void onSessionMessage(
            final @Nullable ClientSession session,
            final long timestamp,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final Header header) {
        if (session == null || cluster == null) {
            return;
        }
        final IdleStrategy idle = cluster.idleStrategy();
        idle.reset();
        // Only a leader's session takes it; followers' count it as offered.
        while (session.offer(buffer, offset, AeronSettings.HEADER_BYTES) < 0
                && !session.isClosing()) {
            idle.idle();
        }
    }

    @Override
    public void onRoleChange(final Cluster.Role newRole) {
        if (newRole == Cluster.Role.LEADER) {
            onLeader.run();
        }
    }

    @Override
    public void onSessionOpen(final ClientSession session, final long timestamp) {}

    @Override
    public void onSessionClose(
            final ClientSession session, final long timestamp, final CloseReason reason) {}

    @Override
    public void onTimerEvent(final long correlationId, final long timestamp) {}

    @Override
    public void onTakeSnapshot(final ExclusivePublication snapshotPublication) {}

    @Override
    public void onTerminate(final Cluster terminated) {}
}
