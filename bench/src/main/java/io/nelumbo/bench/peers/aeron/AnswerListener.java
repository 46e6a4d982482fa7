package io.nelumbo.bench.peers.aeron;

import io.aeron.cluster.client.EgressListener;
import io.aeron.logbuffer.Header;
import io.nelumbo.publisher.load.Outcomes;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** Hands acknowledgements on to the load that runs. The thread that takes answers. */
final class AnswerListener implements EgressListener {

    private volatile @Nullable Outcomes outcomes;

    /** From now on they belong to this load. The thread that runs the load. */
    void tell(final Outcomes newOutcomes) {
        if (outcomes != newOutcomes) {
            outcomes = newOutcomes;
        }
    }

    @Override
    public void onMessage(
            final long sessionId,
            final long timestamp,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final Header header) {
        final Outcomes told = outcomes;
        if (told != null) {
            told.acknowledged(buffer.getLong(offset), 1);
        }
    }
}
