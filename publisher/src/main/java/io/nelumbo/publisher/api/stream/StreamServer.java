package io.nelumbo.publisher.api.stream;

import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.nelumbo.publisher.jsonrpc.Authenticator;
import io.nelumbo.publisher.stream.v1.PublisherGrpc;
import io.nelumbo.publisher.stream.v1.Receipts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * Serves {@code nelumbo.stream.v1.Publisher} over HTTP/2 without TLS. Started and closed by one
 * thread; questions from any. Its event loops do all of its work: whatever the desk does there must
 * not block.
 */
public final class StreamServer implements AutoCloseable {
    private static final int MAX_THREADS = 4;
    private static final int MAX_HEADER_BYTES = 8192;
    private static final int ACCEPT_BACKLOG = 64;

    /** An idle connection is looked after, so that one whose client is gone does not stay. */
    private static final long PING_INTERVAL_S = 60;

    private static final long PING_TIMEOUT_S = 20;
    private static final long PING_MIN_INTERVAL_S = 10;
    private static final long IDLE_CONNECTION_S = 60;

    /** What may arrive unread of a stream, and of all streams of a connection. */
    private static final int WINDOW_BYTES = 1 << 20;

    /** Streams that a client begins and drops at once are work without a bound. */
    private static final int MAX_RESETS = 200;

    private static final int RESETS_WINDOW_S = 30;
    private static final long HANDSHAKE_TIMEOUT_S = 10;
    private static final long KILL_TIMEOUT_S = 5;
    private static final long MORE_GRACE_MS = 1000;

    /** The generated one, but for the bounds on what is made of the bytes. */
    private static final MethodDescriptor<ReceivedBatch, Receipts> METHOD =
            PublisherGrpc.getPublishMethod().toBuilder(
                            new BatchMarshaller(),
                            PublisherGrpc.getPublishMethod().getResponseMarshaller())
                    .build();

    private final StreamLimits limits;
    private final StreamRoom room;
    private final BoundedLoops loops;
    private final Server server;

    private StreamServer(
            final StreamLimits limits,
            final StreamRoom room,
            final BoundedLoops loops,
            final Server server) {
        this.limits = limits;
        this.room = room;
        this.loops = loops;
        this.server = server;
    }

    /**
     * Listens.
     *
     * @param address port 0 takes a free one
     * @param authenticator tells callers by their token; none are let in without one
     * @throws IOException if the address cannot be listened on
     */
    public static StreamServer start(
            final InetSocketAddress address,
            final Authenticator authenticator,
            final StreamDesk desk,
            final StreamLimits limits)
            throws IOException {
        final StreamRoom room = new StreamRoom(limits);
        final BoundedLoops loops =
                new BoundedLoops(
                        Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors()),
                        limits.maxConnections());
        final Server server =
                NettyServerBuilder.forAddress(address)
                        .channelType(NioServerSocketChannel.class)
                        .bossEventLoopGroup(loops)
                        .workerEventLoopGroup(loops)
                        // A hand-off to another thread costs more than a batch.
                        .directExecutor()
                        .withOption(ChannelOption.SO_BACKLOG, ACCEPT_BACKLOG)
                        .flowControlWindow(WINDOW_BYTES)
                        .maxRstFramesPerWindow(MAX_RESETS, RESETS_WINDOW_S)
                        .maxInboundMessageSize(StreamLimits.MAX_BATCH_BYTES)
                        .maxInboundMetadataSize(MAX_HEADER_BYTES)
                        .maxConcurrentCallsPerConnection(StreamLimits.MAX_STREAMS_PER_CONNECTION)
                        .handshakeTimeout(HANDSHAKE_TIMEOUT_S, TimeUnit.SECONDS)
                        .keepAliveTime(PING_INTERVAL_S, TimeUnit.SECONDS)
                        .keepAliveTimeout(PING_TIMEOUT_S, TimeUnit.SECONDS)
                        .permitKeepAliveTime(PING_MIN_INTERVAL_S, TimeUnit.SECONDS)
                        .maxConnectionIdle(IDLE_CONNECTION_S, TimeUnit.SECONDS)
                        .addService(
                                ServerServiceDefinition.builder(PublisherGrpc.SERVICE_NAME)
                                        .addMethod(
                                                METHOD,
                                                new PublishHandler(
                                                        authenticator, desk, limits, room, loops))
                                        .build())
                        .build();
        try {
            server.start();
        } catch (final IOException | RuntimeException e) {
            final var unused = loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw e;
        }
        return new StreamServer(limits, room, loops, server);
    }

    /** The port that it listens on. */
    public int port() {
        return server.getPort();
    }

    /** Connections that are open now. */
    public int connections() {
        return loops.connections();
    }

    /** Streams that are open now. */
    public int streams() {
        return room.streams();
    }

    /** Messages that were read and whose answer is not with the client's transport yet. */
    public long messagesInFlight() {
        return room.messagesInFlight();
    }

    /**
     * Lets nobody in any more, waits a moment for the answers to what is in flight, and ends all
     * streams. Returns when its threads have ended.
     */
    @Override
    public void close() {
        server.shutdown();
        room.sessions().forEach(StreamSession::stop);
        try {
            if (!server.awaitTermination(
                    limits.endGrace().toMillis() + MORE_GRACE_MS, TimeUnit.MILLISECONDS)) {
                server.shutdownNow();
                server.awaitTermination(KILL_TIMEOUT_S, TimeUnit.SECONDS);
            }
        } catch (final InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
        loops.shutdownGracefully(0, KILL_TIMEOUT_S, TimeUnit.SECONDS)
                .awaitUninterruptibly(KILL_TIMEOUT_S, TimeUnit.SECONDS);
    }
}
