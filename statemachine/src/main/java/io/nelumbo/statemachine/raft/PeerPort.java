package io.nelumbo.statemachine.raft;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a connection to a member's peer port meets, before anything is said. */
enum PeerPort {
    /** Somebody listens. */
    ACCEPTS,
    /** Nobody listens, although the machine answers. */
    REFUSES,
    /** Nothing came back: nobody can tell. */
    SILENT;

    private static final Logger LOG = LoggerFactory.getLogger(PeerPort.class);
    private static final int CONNECT_TIMEOUT_MS = 300;

    static PeerPort of(final RaftMember member) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(member.host(), member.port()), CONNECT_TIMEOUT_MS);
            return ACCEPTS;
        } catch (final ConnectException refused) {
            return REFUSES;
        } catch (final IOException e) {
            LOG.info("cannot tell whether {} listens: {}", member.peerId(), e.toString());
            return SILENT;
        }
    }
}
