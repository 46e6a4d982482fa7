package io.nelumbo.bench.peers.ratis;

import io.nelumbo.publisher.load.Outcomes;
import io.nelumbo.publisher.load.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.ratis.client.RaftClient;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.retry.RetryPolicies;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.apache.ratis.util.TimeDuration;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages to the raw Ratis cluster, many in one entry: what cannot be sent yet, because
 * enough entries are in flight, waits here and becomes the next entry. Called by the thread that
 * runs the load and by the client's.
 */
public final class RatisTarget implements Target, AutoCloseable {

    private static final TimeDuration BETWEEN_TRIES =
            TimeDuration.valueOf(100, TimeUnit.MILLISECONDS);
    private static final int MAX_TRIES = 100;

    private final RaftClient client;
    private final int messageBytes;
    private final AtomicInteger callers = new AtomicInteger();
    private RatisShape shape = new RatisShape(1, 1);
    private int waiting;
    private int entriesInFlight;

    /** The first message that is in no entry yet; the sending thread's. */
    private long next;

    private RatisTarget(final RaftClient client, final int messageBytes) {
        this.client = client;
        this.messageBytes = messageBytes;
    }

    /**
     * Connects to the members at these ports of loopback, and waits until they have a leader.
     *
     * @param messageBytes size of a message, 8 or more
     */
    public static RatisTarget connect(final List<Integer> ports, final int messageBytes)
            throws IOException {
        final RaftClient client =
                RaftClient.newBuilder()
                        .setProperties(RatisGroup.properties())
                        .setRaftGroup(RatisGroup.at(ports))
                        .setRetryPolicy(
                                RetryPolicies.retryUpToMaximumCountWithFixedSleep(
                                        MAX_TRIES, BETWEEN_TRIES))
                        .build();
        client.io().send(Message.EMPTY);
        return new RatisTarget(client, messageBytes);
    }

    /** Begins a load of another shape; only while nothing is in flight. */
    public synchronized void begin(final RatisShape newShape) {
        if (entriesInFlight != 0 || waiting != 0) {
            throw new IllegalStateException(
                    "expected nothing in flight but were " + entriesInFlight + " entries");
        }
        shape = newShape;
        next = 0;
    }

    @Override
    public void send(final long first, final int count, final Outcomes outcomes) {
        queue(count);
        sendEntries(outcomes);
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (final IOException e) {
            throw new UncheckedIOException("expected to close the client but failed", e);
        }
    }

    private synchronized void queue(final int count) {
        waiting += count;
    }

    /** The messages of the next entry, or 0 if none may be sent now. */
    private synchronized int claim() {
        if (waiting == 0 || entriesInFlight == shape.maxEntriesInFlight()) {
            return 0;
        }
        final int count = Math.min(waiting, shape.maxEntryMessages());
        waiting -= count;
        entriesInFlight++;
        return count;
    }

    /**
     * One thread at a time sends; whoever comes meanwhile leaves it to that one. The client ends
     * requests under a lock of its own, so that no lock of ours may be held when it is called.
     */
    private void sendEntries(final Outcomes outcomes) {
        int turns = callers.incrementAndGet();
        if (turns > 1) {
            return;
        }
        while (turns > 0) {
            for (int count = claim(); count > 0; count = claim()) {
                sendEntry(next, count, outcomes);
                next += count;
            }
            turns = callers.addAndGet(-turns);
        }
    }

    private void sendEntry(final long first, final int count, final Outcomes outcomes) {
        final var unused =
                client.async()
                        .send(entry(first, count))
                        .whenComplete((reply, failure) -> ended(first, count, reply, outcomes));
    }

    private void ended(
            final long first,
            final int count,
            final @Nullable RaftClientReply reply,
            final Outcomes outcomes) {
        synchronized (this) {
            entriesInFlight--;
        }
        sendEntries(outcomes);
        if (reply != null && reply.isSuccess()) {
            outcomes.acknowledged(first, count);
        } else {
            outcomes.unknown(first, count);
        }
    }

    private Message entry(final long first, final int count) {
        final ByteBuffer bytes = ByteBuffer.allocate(count * messageBytes);
        for (int n = 0; n < count; n++) {
            bytes.putLong(n * messageBytes, first + n);
        }
        return Message.valueOf(UnsafeByteOperations.unsafeWrap(bytes));
    }
}
