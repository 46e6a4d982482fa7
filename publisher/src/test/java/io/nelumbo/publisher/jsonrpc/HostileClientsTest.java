package io.nelumbo.publisher.jsonrpc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketFrame;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Clients that hold on to the server's memory: together they get so much of it, and for so long.
 */
final class HostileClientsTest {
    private static final int MAX_BODY_BYTES = 64 << 10;
    private static final long MAX_HELD_BYTES = 160 << 10;
    private static final int ANSWER_BYTES = 16 << 20;
    private static final String CALL = "{\"id\":1,\"method\":\"count\"}";

    private final AtomicInteger counted = new AtomicInteger();
    private final List<Socket> sockets = new ArrayList<>();
    private JsonRpcServer server;
    private int port;

    @BeforeEach
    void start() throws Exception {
        final JsonRpcMethod count =
                (params, caller) ->
                        CompletableFuture.completedFuture(
                                JsonNodeFactory.instance.numberNode(counted.incrementAndGet()));
        final JsonRpcMethod large =
                (params, caller) ->
                        CompletableFuture.completedFuture(
                                JsonNodeFactory.instance.textNode("x".repeat(ANSWER_BYTES)));
        server =
                new JsonRpcServer(
                        Routes.ofMethods(Map.of("count", count, "large", large), "/rpc/v1"),
                        Authenticator.NOBODY_IN_PARTICULAR,
                        new ServerLimits(
                                MAX_BODY_BYTES,
                                1000,
                                MAX_HELD_BYTES,
                                100,
                                100,
                                100,
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(10)));
        port = server.listen("127.0.0.1", 0).get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        for (final Socket socket : sockets) {
            socket.close();
        }
        server.close().get(10, TimeUnit.SECONDS);
    }

    @Test
    void shouldTurnAwayWhatIsTooMuchTogetherAndServeAgainWhenSlowBodiesAreCutOffI10()
            throws Exception {
        // given: bodies that never end, each within its own bound
        final int size = 16 << 10;
        while (server.heldBytes().get(10, TimeUnit.SECONDS) < MAX_HELD_BYTES - size) {
            send(open(), head(size) + "x".repeat(size - 1));
            assertThat(sockets).hasSizeLessThan(100);
        }

        // when
        final Socket turnedAway = open();
        send(turnedAway, head(2 * size) + CALL + " ".repeat(2 * size - CALL.length()));

        // then
        final String answer = readToEnd(turnedAway);
        assertThat(answer).startsWith("HTTP/1.1 503 ");
        assertThat(answer).containsIgnoringCase("retry-after: 1\r\n").contains("nothing was done");
        assertThat(counted).hasValue(0);
        assertThat(server.heldBytes().get(10, TimeUnit.SECONDS))
                .isLessThanOrEqualTo(MAX_HELD_BYTES);

        // when: the slow ones have had their time
        awaitHeld(bytes -> bytes == 0);
        final Socket later = open();
        send(later, head(CALL.length()) + CALL);
        assertThat(read(later, 15)).startsWith("HTTP/1.1 200 OK");
        assertThat(counted).hasValue(1);
    }

    @Test
    void shouldCountAnAnswerThatIsNotTakenAndCutItsClientOffI10() throws Exception {
        // given: a client that does not read what it asked for
        final Socket deaf = new Socket();
        sockets.add(deaf);
        deaf.setReceiveBufferSize(4096);
        deaf.connect(new InetSocketAddress("127.0.0.1", port));
        final String call = "{\"id\":1,\"method\":\"large\"}";
        send(deaf, head(call.length()) + call);
        awaitHeld(bytes -> bytes >= ANSWER_BYTES);

        // when
        final Socket turnedAway = open();
        send(turnedAway, head(CALL.length()) + CALL);

        // then
        assertThat(readToEnd(turnedAway)).startsWith("HTTP/1.1 503 ");
        awaitHeld(bytes -> bytes == 0);
        final Socket later = open();
        send(later, head(CALL.length()) + CALL);
        assertThat(read(later, 15)).startsWith("HTTP/1.1 200 OK");
    }

    @Test
    void shouldHoldNothingForClientsThatHangUp() throws Exception {
        for (int i = 0; i < 50; i++) {
            try (Socket gone = open()) {
                send(gone, head(MAX_BODY_BYTES) + "x".repeat(1000));
            }
        }
        for (int i = 0; i < 10; i++) {
            try (Socket gone = open()) {
                final String call = "{\"id\":1,\"method\":\"large\"}";
                send(gone, head(call.length()) + call);
            }
        }

        awaitHeld(bytes -> bytes == 0);
    }

    @Test
    void shouldCloseASocketThatSendsTooMuchWhileOthersHoldAllI10() throws Exception {
        final Vertx vertx = Vertx.vertx();
        try {
            final WebSocketClient client = vertx.createWebSocketClient();
            final List<CompletableFuture<Short>> ends = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                final CompletableFuture<Short> end = new CompletableFuture<>();
                final WebSocket socket =
                        client.connect(port, "127.0.0.1", "/rpc/v1")
                                .toCompletionStage()
                                .toCompletableFuture()
                                .get(10, TimeUnit.SECONDS);
                socket.closeHandler(closed -> end.complete(socket.closeStatusCode()));
                // The first half of a message.
                socket.writeFrame(WebSocketFrame.textFrame("x".repeat(MAX_BODY_BYTES / 2), false));
                ends.add(end);
            }

            // Five halves fit.
            assertThat(CompletableFuture.anyOf(ends.toArray(CompletableFuture[]::new)))
                    .succeedsWithin(10, TimeUnit.SECONDS)
                    .isEqualTo((short) 1013);
            assertThat(server.heldBytes().get(10, TimeUnit.SECONDS)).isEqualTo(MAX_HELD_BYTES);
            assertThat(client).isNotNull();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
        awaitHeld(bytes -> bytes == 0);
    }

    private Socket open() throws IOException {
        final Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(10_000);
        sockets.add(socket);
        return socket;
    }

    private static String head(final int contentLength) {
        return "POST /rpc/v1 HTTP/1.1\r\nHost: a\r\nContent-Length: " + contentLength + "\r\n\r\n";
    }

    /** As much as the server takes: it may have hung up. */
    private static void send(final Socket socket, final String text) {
        try {
            socket.getOutputStream().write(text.getBytes(US_ASCII));
        } catch (final IOException e) {
            assertThat(socket.isConnected()).isTrue();
        }
    }

    private static String readToEnd(final Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }

    private static String read(final Socket socket, final int count) throws IOException {
        final InputStream in = socket.getInputStream();
        return new String(in.readNBytes(count), US_ASCII);
    }

    private void awaitHeld(final LongPredicate condition) throws Exception {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        long bytes;
        do {
            LockSupport.parkNanos(5_000_000);
            bytes = server.heldBytes().get(10, TimeUnit.SECONDS);
        } while (!condition.test(bytes) && System.nanoTime() < deadlineNs);
        assertThat(condition.test(bytes)).as("%d bytes are held", bytes).isTrue();
    }
}
