package io.nelumbo.publisher.api.stream;

import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelFuture;
import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import io.grpc.netty.shaded.io.netty.util.concurrent.EventExecutor;
import java.net.SocketAddress;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The door's event loops, which take only so many connections: each costs memory before anybody has
 * shown a token. Any thread.
 */
final class BoundedLoops extends NioEventLoopGroup {
    private final int maxConnections;
    private final AtomicInteger connections = new AtomicInteger();
    private final Set<Channel> open = ConcurrentHashMap.newKeySet();

    BoundedLoops(final int threads, final int maxConnections) {
        super(threads, new DefaultThreadFactory("stream", true));
        this.maxConnections = maxConnections;
    }

    /** What the acceptor cannot register it closes. */
    @Override
    public ChannelFuture register(final Channel channel) {
        if (channel instanceof ServerChannel) {
            return super.register(channel);
        }
        if (connections.incrementAndGet() > maxConnections) {
            connections.decrementAndGet();
            return channel.newFailedFuture(
                    new IllegalStateException(
                            "expected at most " + maxConnections + " connections"));
        }
        open.add(channel);
        final var unused = channel.closeFuture().addListener(closed -> forget(channel));
        return super.register(channel);
    }

    private void forget(final Channel channel) {
        open.remove(channel);
        connections.decrementAndGet();
    }

    /**
     * Closes a connection by its two ends, at once and on its loop: its handlers would wait for the
     * streams to end.
     */
    void close(final @Nullable SocketAddress local, final @Nullable SocketAddress remote) {
        for (final Channel channel : open) {
            if (Objects.equals(channel.localAddress(), local)
                    && Objects.equals(channel.remoteAddress(), remote)) {
                channel.unsafe().close(channel.newPromise());
            }
        }
    }

    int connections() {
        return connections.get();
    }

    /** The loop that calls. */
    EventExecutor current() {
        for (final EventExecutor loop : this) {
            if (loop.inEventLoop()) {
                return loop;
            }
        }
        throw new IllegalStateException("expected a thread of the door's event loops");
    }
}
