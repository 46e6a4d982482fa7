package io.nelumbo.publisher.api.stream;

import io.nelumbo.publisher.client.stream.StreamClient;
import io.nelumbo.publisher.client.stream.StreamMessage;
import io.nelumbo.publisher.client.stream.StreamOptions;
import io.nelumbo.publisher.client.stream.StreamReplies;
import io.nelumbo.publisher.client.stream.StreamReply;
import io.nelumbo.publisher.jsonrpc.Authenticator;
import io.nelumbo.publisher.jsonrpc.Caller;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A door on a free port over a desk of the test, and clients of it. */
final class StreamFixture implements AutoCloseable {
    static final byte[] PRINCIPAL = {1, 2, 3, 4, 5, 6, 7, 8};

    /** A token's text is what it allows: {@code sign,write}. */
    static final Authenticator BY_NAME =
            token ->
                    token == null
                            ? new Caller(Set.of("read"), PRINCIPAL)
                            : token.equals("forged")
                                    ? null
                                    : new Caller(Set.of(token.split(",")), PRINCIPAL);

    final FakeDesk desk = new FakeDesk();
    final StreamServer server;
    private final List<StreamClient> clients = new ArrayList<>();

    StreamFixture() throws IOException {
        this(limits(4096, 4096, 256));
    }

    StreamFixture(final StreamLimits limits) throws IOException {
        server =
                StreamServer.start(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        BY_NAME,
                        desk,
                        limits);
    }

    static StreamLimits limits(final int perStream, final int inAll, final int maxStreams) {
        return new StreamLimits(
                8,
                maxStreams,
                new StreamLimits.InFlight(perStream, 1 << 20),
                new StreamLimits.InFlight(inAll, 1 << 24),
                Duration.ofMillis(300),
                Duration.ofMillis(300));
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
    }

    StreamClient client(final String token) {
        return client(token, StreamOptions.standard());
    }

    StreamClient client(final String token, final StreamOptions options) {
        final StreamClient client = StreamClient.open(address(), token, options);
        clients.add(client);
        return client;
    }

    static List<StreamMessage> messages(final int count) {
        final List<StreamMessage> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            messages.add(new StreamMessage(new UUID(1, i), new byte[] {(byte) i}));
        }
        return messages;
    }

    /** One reply, with the place of its message. */
    record Replied(int index, StreamReply reply) {}

    /** Replies in the order in which they come. */
    static final class Collected implements StreamReplies {
        private final BlockingQueue<Replied> replies = new LinkedBlockingQueue<>();

        @Override
        public void reply(final int index, final StreamReply reply) {
            replies.add(new Replied(index, reply));
        }

        Replied next() throws InterruptedException {
            final Replied next = replies.poll(20, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("expected a reply within 20 s but was none");
            }
            return next;
        }

        List<Replied> next(final int count) throws InterruptedException {
            final List<Replied> some = new ArrayList<>();
            while (some.size() < count) {
                some.add(next());
            }
            return some;
        }

        boolean isEmpty() {
            return replies.isEmpty();
        }
    }

    @Override
    public void close() {
        clients.forEach(StreamClient::close);
        server.close();
    }
}
