package io.nelumbo.statemachine.raft.peerport;

import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.proto.grpc.RaftServerProtocolServiceGrpc;
import org.apache.ratis.thirdparty.io.grpc.Metadata;
import org.apache.ratis.thirdparty.io.grpc.ServerCall;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyServerBuilder;
import org.apache.ratis.thirdparty.io.netty.channel.EventLoopGroup;
import org.apache.ratis.thirdparty.io.netty.channel.ServerChannel;
import org.apache.ratis.thirdparty.io.netty.channel.epoll.Epoll;
import org.apache.ratis.thirdparty.io.netty.channel.epoll.EpollEventLoopGroup;
import org.apache.ratis.thirdparty.io.netty.channel.epoll.EpollServerSocketChannel;
import org.apache.ratis.thirdparty.io.netty.channel.nio.NioEventLoopGroup;
import org.apache.ratis.thirdparty.io.netty.channel.socket.nio.NioServerSocketChannel;
import org.apache.ratis.thirdparty.io.netty.util.concurrent.DefaultThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Where peers come in: the event loops of a node's peer port, and the {@link Doorkeeper} before
 * them. Owned by whoever starts the node, who closes it after Ratis's server: the loops that Ratis
 * would make take two seconds to end, for the sake of work that nobody submits any more.
 */
public final class PeerDoor implements AutoCloseable {
    private static final String APPEND_ENTRIES =
            RaftServerProtocolServiceGrpc.getAppendEntriesMethod().getFullMethodName();
    private static final long HANDSHAKE_TIMEOUT_S = 10;
    private static final long END_TIMEOUT_S = 5;
    private static final int LOOPS = Math.max(2, Runtime.getRuntime().availableProcessors());

    private final PresentPeers present = new PresentPeers();
    private final Doorkeeper doorkeeper;
    private final EventLoopGroup accepting = loops("peer-door", 1);
    private final EventLoopGroup talking = loops("peer-port", LOOPS);

    /**
     * @param refused is told who was not let in
     */
    public PeerDoor(final RefusedPeers refused) {
        this.doorkeeper = new Doorkeeper(refused, present);
    }

    /** Makes it the door of the server that is built with these parameters. */
    public void serve(final Parameters parameters) {
        GrpcConfigKeys.Server.setServicesCustomizer(
                parameters, (builder, types) -> guarded(builder));
    }

    /** Who has come in, and is still there. */
    public PresentPeers present() {
        return present;
    }

    /** Ends the loops; whoever still talks is cut off. */
    @Override
    public void close() {
        final var accepted = accepting.shutdownGracefully(0, END_TIMEOUT_S, TimeUnit.SECONDS);
        final var talked = talking.shutdownGracefully(0, END_TIMEOUT_S, TimeUnit.SECONDS);
        accepted.awaitUninterruptibly(END_TIMEOUT_S, TimeUnit.SECONDS);
        talked.awaitUninterruptibly(END_TIMEOUT_S, TimeUnit.SECONDS);
    }

    private NettyServerBuilder guarded(final NettyServerBuilder builder) {
        return builder.handshakeTimeout(HANDSHAKE_TIMEOUT_S, TimeUnit.SECONDS)
                .bossEventLoopGroup(accepting)
                .workerEventLoopGroup(talking)
                .callExecutor(PeerDoor::executorOf)
                .channelFactory(
                        () -> {
                            final ServerChannel door =
                                    Epoll.isAvailable()
                                            ? new EpollServerSocketChannel()
                                            : new NioServerSocketChannel();
                            door.pipeline().addLast(doorkeeper);
                            return door;
                        });
    }

    /**
     * Entries are taken on the event loop that read them: handing them on to another thread costs
     * more than taking them, which is to check them and to put them into the log's queue. They take
     * the server's lock for that, and wait, with all else of that loop, as long as another holds
     * it: for one write of the term and vote (an fsync) in an election, and when a snapshot has
     * been received, until it is forced to the disk, which takes seconds if it has gigabytes and
     * the system has not written them yet. This member gives no vote meanwhile; the leader waits
     * for it with its entries. All other calls may wait longer, and keep to gRPC's own threads.
     */
    private static @Nullable Executor executorOf(
            final ServerCall<?, ?> call, final Metadata metadata) {
        return APPEND_ENTRIES.equals(call.getMethodDescriptor().getFullMethodName())
                ? Runnable::run
                : null;
    }

    private static EventLoopGroup loops(final String name, final int count) {
        final DefaultThreadFactory threads = new DefaultThreadFactory(name, true);
        return Epoll.isAvailable()
                ? new EpollEventLoopGroup(count, threads)
                : new NioEventLoopGroup(count, threads);
    }
}
