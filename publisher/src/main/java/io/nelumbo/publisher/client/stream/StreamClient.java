package io.nelumbo.publisher.client.stream;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import io.grpc.netty.shaded.io.netty.util.concurrent.EventExecutor;
import io.grpc.netty.shaded.io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Publishes through the binary door of one node, over one stream at a time: the first message opens
 * it, and when it has ended the next message opens another. For whoever has more messages than
 * JSON-RPC carries; {@code ClusterClient} goes from node to node by itself, this one does not.
 *
 * <p>What is in flight when a stream ends is replied to as {@link StreamReply.OutcomeUnknown}: send
 * it again under the same request id, here or through another node. While a node cannot be reached,
 * replies come at once, so wait a little before you repeat.
 *
 * <p>Any thread may send; messages of one thread arrive in the order in which it sends them.
 * Replies come on an event loop of the client, those that are ready at once on the sending thread.
 * Close it when it is not needed any more.
 */
public final class StreamClient implements AutoCloseable {

    /** Messages in one batch. */
    public static final int MAX_BATCH_MESSAGES = 1024;

    /** Bytes of one batch, with what the format adds to each message. */
    public static final int MAX_BATCH_BYTES = 4 << 20;

    private static final int BYTES_AROUND_MESSAGE = 64;
    private static final long PING_INTERVAL_S = 20;
    private static final long PING_TIMEOUT_S = 10;
    private static final long END_TIMEOUT_S = 5;

    private final EventLoopGroup loop;
    private final ManagedChannel channel;
    private final String token;
    private final StreamOptions options;
    private ClientStream current;

    private StreamClient(
            final EventLoopGroup loop,
            final ManagedChannel channel,
            final String token,
            final StreamOptions options) {
        this.loop = loop;
        this.channel = channel;
        this.token = token;
        this.options = options;
        this.current = ClientStream.open(channel, token, options);
    }

    /**
     * A client of one node; connects in the background.
     *
     * @param address where the node's {@code [API] StreamListenAddress} is
     * @param token of the node's API, with {@code sign} for unsigned and {@code write} for signed
     *     messages
     */
    public static StreamClient open(
            final InetSocketAddress address, final String token, final StreamOptions options) {
        final EventLoopGroup loop =
                new NioEventLoopGroup(1, new DefaultThreadFactory("stream-client", true));
        final ManagedChannel channel =
                NettyChannelBuilder.forAddress(address)
                        .usePlaintext()
                        .channelType(NioSocketChannel.class)
                        .eventLoopGroup(loop)
                        .directExecutor()
                        // Its retries keep a copy of what was sent; ours have the request id.
                        .disableRetry()
                        .keepAliveTime(PING_INTERVAL_S, TimeUnit.SECONDS)
                        .keepAliveTimeout(PING_TIMEOUT_S, TimeUnit.SECONDS)
                        .build();
        return new StreamClient(loop, channel, token, options);
    }

    /**
     * Sends messages, unless the window has no room for them.
     *
     * @param messages 1 to {@link #MAX_BATCH_MESSAGES}, of up to {@link #MAX_BATCH_BYTES} together,
     *     and no more than the window; the list must not change
     * @return whether they were sent; false changes nothing
     */
    public boolean trySend(final List<StreamMessage> messages, final StreamReplies replies) {
        check(messages);
        return trySend(stream(), messages, replies);
    }

    /** The same, waiting for room. Not to be called where replies come. */
    public void send(final List<StreamMessage> messages, final StreamReplies replies)
            throws InterruptedException {
        check(messages);
        ClientStream stream = stream();
        while (!trySend(stream, messages, replies)) {
            stream.awaitRoom(messages.size());
            stream = stream();
        }
    }

    /** Sends one message, waiting for room; the future never completes exceptionally. */
    public CompletableFuture<StreamReply> publish(final StreamMessage message)
            throws InterruptedException {
        final CompletableFuture<StreamReply> replied = new CompletableFuture<>();
        send(List.of(message), (index, reply) -> replied.complete(reply));
        return replied;
    }

    /**
     * Ends the stream; what is in flight is replied to as unknown before this returns, or, called
     * where replies come, soon after.
     */
    @Override
    public void close() {
        channel.shutdownNow();
        final Future<?> ended = loop.shutdownGracefully(0, END_TIMEOUT_S, TimeUnit.SECONDS);
        if (!isOnLoop()) {
            ended.awaitUninterruptibly(END_TIMEOUT_S, TimeUnit.SECONDS);
        }
    }

    private boolean isOnLoop() {
        for (final EventExecutor thread : loop) {
            if (thread.inEventLoop()) {
                return true;
            }
        }
        return false;
    }

    private static boolean trySend(
            final ClientStream stream,
            final List<StreamMessage> messages,
            final StreamReplies replies) {
        if (stream.trySend(messages, replies)) {
            return true;
        }
        final String end = stream.end();
        if (end == null) {
            return false;
        }
        // A stream that was opened just now and has ended: there is nobody to send to.
        final Deliveries deliveries = new Deliveries();
        for (int i = 0; i < messages.size(); i++) {
            final int index = i;
            deliveries.hand(() -> replies.reply(index, new StreamReply.NotSent(end)));
        }
        deliveries.end();
        return true;
    }

    private synchronized ClientStream stream() {
        if (current.end() != null) {
            current = ClientStream.open(channel, token, options);
        }
        return current;
    }

    private void check(final List<StreamMessage> messages) {
        long bytes = 0;
        for (final StreamMessage message : messages) {
            bytes += message.cbor().length + BYTES_AROUND_MESSAGE;
        }
        final int most = Math.min(MAX_BATCH_MESSAGES, options.window());
        if (messages.isEmpty() || messages.size() > most || bytes > MAX_BATCH_BYTES) {
            throw new IllegalArgumentException(
                    "expected 1 to "
                            + most
                            + " messages of up to "
                            + MAX_BATCH_BYTES
                            + " bytes together but was "
                            + messages.size()
                            + " of "
                            + bytes);
        }
    }
}
