package io.nelumbo.publisher.api.proxy;

import io.nelumbo.publisher.jsonrpc.ChannelSink;
import io.nelumbo.publisher.jsonrpc.RawJson;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An upstream's channel on its way to the client's: gives back the room of the subscription once,
 * whichever side ends it. Any thread.
 */
final class PassedChannel implements ChannelSink {
    private final ChannelSink client;
    private final Runnable room;
    private final AtomicBoolean over = new AtomicBoolean();

    /**
     * @param room run to give it back
     */
    PassedChannel(final ChannelSink client, final Runnable room) {
        this.client = client;
        this.room = room;
    }

    @Override
    public boolean offer(final RawJson value) {
        return client.offer(value);
    }

    /** The upstream has ended it, or is gone. */
    @Override
    public void close() {
        giveBackRoom();
        client.close();
    }

    /** What the client's end of it does. */
    Runnable endedBy(final Runnable endAtUpstream) {
        return () -> {
            giveBackRoom();
            endAtUpstream.run();
        };
    }

    void giveBackRoom() {
        if (over.compareAndSet(false, true)) {
            room.run();
        }
    }
}
