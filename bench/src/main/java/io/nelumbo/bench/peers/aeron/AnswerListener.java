package io.nelumbo.bench.peers.aeron;

import io.aeron.cluster.client.EgressListener;
import io.aeron.logbuffer.Header;
import io.nelumbo.publisher.load.Outcomes;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** Hands acknowledgements on to the load that runs. The thread that takes answers. */
final class AnswerListener implements EgressListener {

    private volatile @Nullable Running running;

    /** A load and its number, which is in each of its messages. */
    private record Running(long load, Outcomes outcomes) {}

    /**
     * From now on answers are for this load, and those that are late for another one are nobody's.
     * The thread that runs the load.
     *
     * @return the number that its messages carry
     */
    long tell(final Outcomes outcomes) {
        final Running before = running;
        if (before != null && before.outcomes() == outcomes) {
            return before.load();
        }
        final long load = before == null ? 0 : before.load() + 1;
        running = new Running(load, outcomes);
        return load;
    }

    @Override
    public void onMessage(
            final long sessionId,
            final long timestamp,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final Header header) {
        final Running told = running;
        if (told != null && buffer.getLong(offset + AeronSettings.LOAD_OFFSET) == told.load()) {
            told.outcomes().acknowledged(buffer.getLong(offset), 1);
        }
    }
}
