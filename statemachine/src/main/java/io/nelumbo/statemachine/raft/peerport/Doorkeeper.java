package io.nelumbo.statemachine.raft.peerport;

import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.ratis.thirdparty.io.netty.channel.Channel;
import org.apache.ratis.thirdparty.io.netty.channel.ChannelHandler.Sharable;
import org.apache.ratis.thirdparty.io.netty.channel.ChannelHandlerContext;
import org.apache.ratis.thirdparty.io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Stands where connections are accepted: sets a watch on each, and bounds those that have not shown
 * who they are. One too many, and the oldest of them has to go: a member shakes hands in
 * milliseconds, so that strangers who sit and wait lose their places to it, not it to them. Any
 * event loop.
 */
@Sharable
final class Doorkeeper extends ChannelInboundHandlerAdapter {

    /** Members open a handful; during these few milliseconds each counts as unknown. */
    static final int MAX_UNKNOWN = 64;

    private final RefusedPeers refused;
    private final PresentPeers present;

    /** Oldest first; guarded by this. */
    private final Set<Channel> unknown = new LinkedHashSet<>();

    Doorkeeper(final RefusedPeers refused, final PresentPeers present) {
        this.refused = refused;
        this.present = present;
    }

    @Override
    public void channelRead(final ChannelHandlerContext context, final Object message) {
        final Channel connection = (Channel) message;
        final Channel pushedOut = come(connection);
        if (pushedOut != null) {
            refused.refused(
                    String.valueOf(pushedOut.remoteAddress()),
                    "expected it to shake hands before " + MAX_UNKNOWN + " others came");
            final var unused = pushedOut.close();
        }
        connection.pipeline().addFirst(new HandshakeWatch(refused, present, () -> go(connection)));
        // Also of a connection that never gets as far as to have a watch at work.
        final var unused = connection.closeFuture().addListener(closed -> go(connection));
        context.fireChannelRead(message);
    }

    private synchronized @Nullable Channel come(final Channel connection) {
        unknown.add(connection);
        if (unknown.size() <= MAX_UNKNOWN) {
            return null;
        }
        final Channel oldest = unknown.iterator().next();
        unknown.remove(oldest);
        return oldest;
    }

    private synchronized void go(final Channel connection) {
        unknown.remove(connection);
    }
}
