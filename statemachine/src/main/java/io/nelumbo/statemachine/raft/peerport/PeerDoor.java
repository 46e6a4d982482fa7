package io.nelumbo.statemachine.raft.peerport;

import java.util.concurrent.TimeUnit;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.thirdparty.io.grpc.netty.NettyServerBuilder;
import org.apache.ratis.thirdparty.io.netty.channel.EventLoopGroup;
import org.apache.ratis.thirdparty.io.netty.channel.ServerChannel;
import org.apache.ratis.thirdparty.io.netty.channel.epoll.Epoll;
import org.apache.ratis.thirdparty.io.netty.channel.epoll.EpollEventLoopGroup;
import org.apache.ratis.thirdparty.io.netty.channel.epoll.EpollServerSocketChannel;
import org.apache.ratis.thirdparty.io.netty.channel.nio.NioEventLoopGroup;
import org.apache.ratis.thirdparty.io.netty.channel.socket.nio.NioServerSocketChannel;
import org.apache.ratis.thirdparty.io.netty.util.concurrent.DefaultThreadFactory;

/**
 * Where peers come in: the event loops of a node's peer port, and the {@link Doorkeeper} before
 * them. Owned by whoever starts the node, who closes it after Ratis's server: the loops that Ratis
 * would make take two seconds to end, for the sake of work that nobody submits any more.
 */
public final class PeerDoor implements AutoCloseable {
    private static final long HANDSHAKE_TIMEOUT_S = 10;
    private static final long END_TIMEOUT_S = 5;
    private static final int LOOPS = Math.max(2, Runtime.getRuntime().availableProcessors());

    private final Doorkeeper doorkeeper;
    private final EventLoopGroup accepting = loops("peer-door", 1);
    private final EventLoopGroup talking = loops("peer-port", LOOPS);

    /**
     * @param refused is told who was not let in
     */
    public PeerDoor(final RefusedPeers refused) {
        this.doorkeeper = new Doorkeeper(refused);
    }

    /** Makes it the door of the server that is built with these parameters. */
    public void serve(final Parameters parameters) {
        GrpcConfigKeys.Server.setServicesCustomizer(
                parameters, (builder, types) -> guarded(builder));
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

    private static EventLoopGroup loops(final String name, final int count) {
        final DefaultThreadFactory threads = new DefaultThreadFactory(name, true);
        return Epoll.isAvailable()
                ? new EpollEventLoopGroup(count, threads)
                : new NioEventLoopGroup(count, threads);
    }
}
