package io.nelumbo.publisher.jsonrpc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads HTTP requests and leaves every answering byte to the test. One thread accepts, one more per
 * connection reads; the rest is any thread's.
 */
final class RawServer implements AutoCloseable {
    private final ServerSocket listener;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final AtomicInteger count = new AtomicInteger();

    RawServer(final String host) {
        try {
            listener = new ServerSocket(0, 50, InetAddress.getByName(host));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        run(this::accept);
    }

    URI url() {
        final String host = listener.getInetAddress().getHostAddress();
        return URI.create(
                "http://" + (host.contains(":") ? "[::1]" : host) + ":" + listener.getLocalPort());
    }

    /** The next request, whole. */
    Request request() throws InterruptedException {
        final Request next = requests.poll(10, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    int requestsSoFar() {
        return count.get();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (final Socket socket : sockets) {
                socket.close();
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() throws IOException {
        while (true) {
            final Socket socket = listener.accept();
            sockets.add(socket);
            final int number = sockets.size() - 1;
            run(() -> read(socket, number));
        }
    }

    private void read(final Socket socket, final int number) throws IOException {
        final CountDownLatch closed = new CountDownLatch(1);
        try {
            while (true) {
                final String head = head(socket.getInputStream());
                final int length =
                        Integer.parseInt(
                                head.replaceAll("(?is).*\r\ncontent-length: (\\d+)\r\n.*", "$1"));
                socket.getInputStream().readNBytes(length);
                count.incrementAndGet();
                requests.add(new Request(socket, number, head, closed));
            }
        } finally {
            closed.countDown();
        }
    }

    private static String head(final InputStream in) throws IOException {
        final StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            final int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static void run(final Work work) {
        final Thread thread =
                new Thread(
                        () -> {
                            try {
                                work.run();
                            } catch (final SocketException | EOFException e) {
                                // One of the two sides has closed: the end.
                            } catch (final IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        },
                        "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    private interface Work {
        void run() throws IOException;
    }

    /**
     * One request.
     *
     * @param connection the number of its connection, from 0
     * @param head everything before the body
     */
    record Request(Socket socket, int connection, String head, CountDownLatch closed) {

        void answer(final String status, final String headers, final String body)
                throws IOException {
            write(
                    "HTTP/1.1 "
                            + status
                            + "\r\n"
                            + headers
                            + "Content-Length: "
                            + body.getBytes(UTF_8).length
                            + "\r\n\r\n"
                            + body);
        }

        void write(final String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(US_ASCII));
        }

        /** Writes, unless the client has gone. */
        void tryWrite(final String text) {
            try {
                write(text);
            } catch (final IOException e) {
                // Gone: the test will see what the client says to it.
            }
        }

        /** Writes again and again until the client hangs up. */
        void writeUntilClosed(final byte[] bytes) {
            try {
                while (true) {
                    socket.getOutputStream().write(bytes);
                }
            } catch (final IOException e) {
                // That is the end.
            }
        }

        void hangUp() throws IOException {
            socket.close();
        }

        /** Whether the client closes its side within the time that a test has. */
        boolean awaitClosed() throws InterruptedException {
            return closed.await(10, TimeUnit.SECONDS);
        }
    }
}
