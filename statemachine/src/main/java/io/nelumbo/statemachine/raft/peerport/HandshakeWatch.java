package io.nelumbo.statemachine.raft.peerport;

import io.nelumbo.statemachine.identity.PeerTrust;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLEngine;
import org.apache.ratis.thirdparty.io.netty.buffer.ByteBuf;
import org.apache.ratis.thirdparty.io.netty.channel.Channel;
import org.apache.ratis.thirdparty.io.netty.channel.ChannelHandlerContext;
import org.apache.ratis.thirdparty.io.netty.channel.ChannelInboundHandlerAdapter;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.SslHandler;
import org.apache.ratis.thirdparty.io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Watches one connection until it has shaken hands, and tells if it is refused. First in the
 * connection's pipeline; owned by its event loop.
 */
final class HandshakeWatch extends ChannelInboundHandlerAdapter {

    /** Content type of every TLS connection's first record (RFC 8446, section 5.1). */
    private static final int HANDSHAKE_RECORD = 22;

    private final RefusedPeers refused;
    private final PresentPeers present;
    private final Runnable known;

    /**
     * Watches one connection.
     *
     * @param known run when it has shaken hands
     */
    HandshakeWatch(final RefusedPeers refused, final PresentPeers present, final Runnable known) {
        this.refused = refused;
        this.present = present;
        this.known = known;
    }

    @Override
    public void channelRead(final ChannelHandlerContext context, final Object message) {
        final SslHandler tls = context.pipeline().get(SslHandler.class);
        if (tls == null || !isHandshake(message)) {
            ReferenceCountUtil.release(message);
            refuse(context, "expected TLS but was plain text");
            final var unused = context.close();
            return;
        }
        final var unused =
                tls.handshakeFuture()
                        .addListener(
                                done -> {
                                    known.run();
                                    // Whoever hangs up half-way was not refused: members do so.
                                    final Throwable why = rootOf(done.cause());
                                    if (why == null) {
                                        come(context.channel(), tls.engine());
                                    } else if (!(why instanceof ClosedChannelException)) {
                                        refuse(context, why.toString());
                                    }
                                });
        context.fireChannelRead(message);
        // The rest is between the two; nothing stands in the way of what follows.
        if (!context.isRemoved()) {
            context.pipeline().remove(this);
        }
    }

    /** Who it is stands in the certificate, which {@code PeerTrust} has let pass. */
    private void come(final Channel connection, final SSLEngine tls) throws IOException {
        final String peerId =
                PeerTrust.peerOf(tls.getSession().getPeerCertificates()[0]).toString();
        present.came(peerId);
        final var unused = connection.closeFuture().addListener(closed -> present.left(peerId));
    }

    private static boolean isHandshake(final Object message) {
        return message instanceof ByteBuf bytes
                && bytes.isReadable()
                && bytes.getByte(bytes.readerIndex()) == HANDSHAKE_RECORD;
    }

    private void refuse(final ChannelHandlerContext context, final String why) {
        refused.refused(String.valueOf(context.channel().remoteAddress()), why);
    }

    private static @Nullable Throwable rootOf(final @Nullable Throwable failure) {
        Throwable root = failure;
        while (root != null && root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
