package io.nelumbo.bench.cluster;

import io.nelumbo.bench.process.Waiting;
import io.nelumbo.publisher.client.stream.StreamClient;
import io.nelumbo.publisher.client.stream.StreamMessage;
import io.nelumbo.publisher.client.stream.StreamOptions;
import io.nelumbo.publisher.client.stream.StreamReply;
import io.nelumbo.publisher.load.Outcomes;
import io.nelumbo.publisher.load.Target;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Sends messages through the binary door of the member that leads. Used by the load's thread. */
final class MemberTarget implements Target, AutoCloseable {

    private static final Duration LEADER_PATIENCE = Duration.ofSeconds(60);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);
    private static final long ANSWER_PATIENCE_S = 10;
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
        final AtomicReference<@Nullable StreamClient> leader = new AtomicReference<>();
        final boolean found =
                Waiting.until(
                        () -> {
                            for (final int port : ports) {
                                if (leader.get() == null) {
                                    leader.set(ifLeading(port, message));
                                }
                            }
                            return leader.get() != null;
                        },
                        LEADER_PATIENCE,
                        BETWEEN_TRIES);
        if (!found) {
            throw new IllegalStateException("expected a leader within " + LEADER_PATIENCE);
        }
        return new MemberTarget(Objects.requireNonNull(leader.get()), message);
    }

    /** A client of the member at this door, or null if it publishes nothing (yet). */
    private static @Nullable StreamClient ifLeading(final int port, final byte[] message)
            throws InterruptedException {
        final StreamClient client =
                StreamClient.open(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                        "bench",
                        OPTIONS);
        try {
            final StreamReply reply =
                    client.publish(new StreamMessage(UUID.randomUUID(), message))
                            .get(ANSWER_PATIENCE_S, TimeUnit.SECONDS);
            if (reply instanceof StreamReply.Published) {
                return client;
            }
        } catch (final TimeoutException e) {
            // A member that says nothing does not lead.
            client.close();
            return null;
        } catch (final ExecutionException e) {
            throw new IllegalStateException("expected a reply of a member but failed", e);
        }
        client.close();
        return null;
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
