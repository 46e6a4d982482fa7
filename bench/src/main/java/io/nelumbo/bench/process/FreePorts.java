package io.nelumbo.bench.process;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * Ports of loopback that nobody listens on. Somebody may take one before its user does: the user
 * then fails to start and says so. Stateless.
 */
public final class FreePorts {

    private FreePorts() {}

    /** So many different ones, free for TCP. */
    public static List<Integer> tcp(final int count) throws IOException {
        final List<ServerSocket> sockets = new ArrayList<>();
        final List<Integer> ports = new ArrayList<>();
        try {
            for (int n = 0; n < count; n++) {
                final ServerSocket socket =
                        new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                sockets.add(socket);
                ports.add(socket.getLocalPort());
            }
        } finally {
            for (final ServerSocket socket : sockets) {
                socket.close();
            }
        }
        return ports;
    }

    /** So many different ones, free for UDP. */
    public static List<Integer> udp(final int count) throws IOException {
        final List<DatagramSocket> sockets = new ArrayList<>();
        final List<Integer> ports = new ArrayList<>();
        try {
            for (int n = 0; n < count; n++) {
                final DatagramSocket socket =
                        new DatagramSocket(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                sockets.add(socket);
                ports.add(socket.getLocalPort());
            }
        } finally {
            sockets.forEach(DatagramSocket::close);
        }
        return ports;
    }
}
