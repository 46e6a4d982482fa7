package io.nelumbo.statemachine.raft.peerport;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.ratis.thirdparty.io.netty.channel.Channel;
import org.apache.ratis.thirdparty.io.netty.channel.ChannelHandler.Sharable;
import org.apache.ratis.thirdparty.io.netty.channel.ChannelHandlerContext;
import org.apache.ratis.thirdparty.io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Stands where connections are accepted: sets a watch on each, and closes at once what would be one
 * too many among those that have not shown who they are. So strangers hold a bounded number of
 * connections, each for a bounded time. Owned by the accepting event loop; the count is shared.
 */
@Sharable
final class Doorkeeper extends ChannelInboundHandlerAdapter {

    /** Members open a handful; during these few milliseconds each counts as unknown. */
    static final int MAX_UNKNOWN = 64;

    private final RefusedPeers refused;
    private final AtomicInteger unknown = new AtomicInteger();

    Doorkeeper(final RefusedPeers refused) {
        this.refused = refused;
    }

    @Override
    public void channelRead(final ChannelHandlerContext context, final Object message) {
        final Channel connection = (Channel) message;
        if (unknown.incrementAndGet() > MAX_UNKNOWN) {
            unknown.decrementAndGet();
            refused.refused(
                    String.valueOf(connection.remoteAddress()),
                    "expected at most " + MAX_UNKNOWN + " connections that are shaking hands");
            connection.unsafe().closeForcibly();
            return;
        }
        connection.pipeline().addFirst(new HandshakeWatch(refused, unknown::decrementAndGet));
        context.fireChannelRead(message);
    }
}
