package io.nelumbo.bench.cluster;

import io.nelumbo.publisher.client.stream.StreamClient;
import io.nelumbo.publisher.client.stream.StreamMessage;
import io.nelumbo.publisher.client.stream.StreamOptions;
import io.nelumbo.publisher.client.stream.StreamReply;
import io.nelumbo.publisher.load.Outcomes;
import io.nelumbo.publisher.load.Target;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Sends messages through the binary door of the member that leads. Used by the load's thread. */
final class MemberTarget implements Target, AutoCloseable {

    private static final long LEADER_WAIT_S = 60;
    private static final long BETWEEN_TRIES_MS = 200;
    private static final StreamOptions OPTIONS = StreamOptions.standard().withWindow(1 << 17);

    private final StreamClient client;
    private final byte[] message;
    private long run = System.nanoTime();

    private MemberTarget(final StreamClient client, final byte[] message) {
        this.client = client;
        this.message = message;
    }

    /** Finds the member that publishes, which may take as long as an election. */
    static MemberTarget connect(final List<Integer> ports, final int messageBytes)
            throws InterruptedException {
        final byte[] message = new byte[messageBytes];
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LEADER_WAIT_S);
        while (true) {
            for (final int port : ports) {
                final StreamClient client =
                        StreamClient.open(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                                "bench",
                                OPTIONS);
                final StreamReply reply =
                        client.publish(new StreamMessage(UUID.randomUUID(), message)).join();
                if (reply instanceof StreamReply.Published) {
                    return new MemberTarget(client, message);
                }
                client.close();
                if (System.nanoTime() - deadlineNs > 0) {
                    throw new IllegalStateException("expected a leader but was " + reply);
                }
            }
            Thread.sleep(BETWEEN_TRIES_MS);
        }
    }

    /** For a load of its own, whose messages are numbered from 0 again. */
    MemberTarget begin() {
        run = System.nanoTime();
        return this;
    }

    @Override
    public void send(final long first, final int count, final Outcomes outcomes) {
        final List<StreamMessage> messages = new ArrayList<>(count);
        for (int n = 0; n < count; n++) {
            messages.add(new StreamMessage(new UUID(run, first + n), message));
        }
        if (!client.trySend(messages, (index, reply) -> tell(first + index, reply, outcomes))) {
            outcomes.refused(first, count, "the client's window is full");
        }
    }

    private static void tell(final long number, final StreamReply reply, final Outcomes outcomes) {
        if (reply instanceof StreamReply.Published) {
            outcomes.acknowledged(number, 1);
        } else if (reply instanceof StreamReply.Refused refused) {
            outcomes.refused(number, 1, refused.text());
        } else if (reply instanceof StreamReply.NotSent notSent) {
            outcomes.refused(number, 1, notSent.why());
        } else {
            outcomes.unknown(number, 1);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
