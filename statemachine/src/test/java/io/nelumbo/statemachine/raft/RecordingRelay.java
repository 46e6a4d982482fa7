package io.nelumbo.statemachine.raft;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Somebody on the wire: passes one connection on as it is, and remembers every byte that its client
 * sent. Threads of its own, which end with the connection.
 */
final class RecordingRelay implements AutoCloseable {
    private final ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final String host;
    private final int port;

    private RecordingRelay(final String host, final int port) throws IOException {
        this.host = host;
        this.port = port;
    }

    static RecordingRelay to(final String host, final int port) throws IOException {
        final RecordingRelay relay = new RecordingRelay(host, port);
        start(relay::relay);
        return relay;
    }

    int port() {
        return door.getLocalPort();
    }

    /** Everything that the client sent up to now. */
    synchronized byte[] said() {
        return said.toByteArray();
    }

    @Override
    public void close() throws IOException {
        door.close();
    }

    private void relay() throws IOException {
        try (Socket client = door.accept();
                Socket server = new Socket(host, port)) {
            start(() -> pass(server.getInputStream(), client.getOutputStream(), false));
            pass(client.getInputStream(), server.getOutputStream(), true);
        }
    }

    private void pass(final InputStream in, final OutputStream out, final boolean remember)
            throws IOException {
        final byte[] buffer = new byte[16 << 10];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            if (remember) {
                remember(buffer, read);
            }
            out.write(buffer, 0, read);
        }
    }

    private synchronized void remember(final byte[] bytes, final int count) {
        said.write(bytes, 0, count);
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(final Work work) {
        final Thread thread =
                new Thread(
                        () -> {
                            try {
                                work.run();
                            } catch (final IOException ended) {
                                // The other side of the relay ends with this one.
                                Thread.currentThread().interrupt();
                            }
                        },
                        "relay");
        thread.setDaemon(true);
        thread.start();
    }
}
