package io.nelumbo.publisher.jsonrpc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a server that is in the test's hand byte by byte: what becomes of connections. */
final class ClientConnectionsTest {
    private static final String RESULT = "{\"jsonrpc\":\"2.0\",\"id\":%d,\"result\":7}";

    private final ClientConnections connections = ClientConnections.open();
    private final RawServer server = new RawServer("127.0.0.1");

    @AfterEach
    void close() {
        connections.close();
        server.close();
    }

    @Test
    void shouldUseAConnectionAgain() throws Exception {
        final JsonRpcClient client = client(10_000);

        for (int i = 1; i <= 3; i++) {
            final CompletableFuture<JsonNode> call = client.call("m");
            final RawServer.Request request = server.request();
            request.answer("200 OK", "", RESULT.formatted(i));
            assertThat(call.get(10, TimeUnit.SECONDS).asInt()).isEqualTo(7);
            assertThat(request.connection()).isZero();
        }
    }

    @Test
    void shouldCloseTheConnectionOfACallThatTimesOut() throws Exception {
        final CompletableFuture<JsonNode> call = client(200).call("m");
        final RawServer.Request request = server.request();

        assertThat(failure(call)).isInstanceOf(JsonRpcFailure.TimedOut.class);

        assertThat(request.awaitClosed()).isTrue();
    }

    @Test
    void shouldCloseTheConnectionOfACallThatIsCancelled() throws Exception {
        final CompletableFuture<JsonNode> call = client(60_000).call("m");
        final RawServer.Request request = server.request();

        call.cancel(false);

        assertThat(request.awaitClosed()).isTrue();
    }

    @Test
    void shouldNotSendTwiceWhenTheConnectionBreaksBehindTheRequest() throws Exception {
        final CompletableFuture<JsonNode> call = client(10_000).call("m");
        server.request().hangUp();

        assertThat(failure(call))
                .isInstanceOfSatisfying(
                        JsonRpcFailure.Transport.class,
                        broken -> assertThat(broken.notSent()).isFalse());
        assertThat(server.requestsSoFar()).isEqualTo(1);
    }

    @Test
    void shouldSayThatNothingWasSentWhenThereIsNoConnection() throws Exception {
        server.close();

        assertThat(failure(client(60_000).call("m")))
                .isInstanceOfSatisfying(
                        JsonRpcFailure.Transport.class,
                        unsent -> assertThat(unsent.notSent()).isTrue());
    }

    @Test
    void shouldGiveUpConnectingInATimeOfItsOwn() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket first = new Socket(full.getInetAddress(), full.getLocalPort());
                Socket second = new Socket(full.getInetAddress(), full.getLocalPort())) {
            // Its backlog is full, so the kernel drops what would be one more connection.
            assertThat(first.isConnected() && second.isConnected()).isTrue();
            final JsonRpcClient client =
                    new JsonRpcClient(
                                    connections,
                                    URI.create("http://127.0.0.1:" + full.getLocalPort()),
                                    null,
                                    Duration.ofSeconds(60),
                                    4096)
                            .connectingWithin(Duration.ofMillis(200));

            assertThat(failure(client.call("m")))
                    .isInstanceOfSatisfying(
                            JsonRpcFailure.Transport.class,
                            unsent -> assertThat(unsent.notSent()).isTrue());
        }
    }

    @Test
    void shouldTellABodyThatBreaksOff() throws Exception {
        final CompletableFuture<JsonNode> call = client(10_000).call("m");
        final RawServer.Request request = server.request();
        request.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":1,");
        request.hangUp();

        assertThat(failure(call)).isInstanceOf(JsonRpcFailure.Transport.class);
    }

    @Test
    void shouldHangUpOnAnAnswerWithoutEndBeforeItFillsTheMemory() throws Exception {
        final CompletableFuture<JsonNode> call = client(10_000).call("m");
        final RawServer.Request request = server.request();
        request.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        request.writeUntilClosed(("400\r\n" + "x".repeat(1024) + "\r\n").getBytes(US_ASCII));

        assertThat(failure(call)).hasMessageContaining("at most 4096 bytes");
    }

    @Test
    void shouldTellAnAnswerThatDripsForTooLong() throws Exception {
        final CompletableFuture<JsonNode> call = client(300).call("m");
        final RawServer.Request request = server.request();
        request.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        while (!call.isDone()) {
            request.tryWrite("1\r\n \r\n");
            LockSupport.parkNanos(20_000_000);
        }

        assertThat(failure(call)).isInstanceOf(JsonRpcFailure.TimedOut.class);
        assertThat(request.awaitClosed()).isTrue();
    }

    @Test
    void shouldNotFollowRedirects() throws Exception {
        final CompletableFuture<JsonNode> call = client(10_000).call("m");
        server.request()
                .answer("307 Temporary Redirect", "Location: " + server.url() + "/other\r\n", "");

        assertThat(failure(call)).hasMessageContaining("HTTP 307");
        assertThat(server.requestsSoFar()).isEqualTo(1);
    }

    @Test
    void shouldReachAnIpv6Host() throws Exception {
        try (RawServer ipv6 = new RawServer("::1")) {
            final CompletableFuture<JsonNode> call =
                    new JsonRpcClient(connections, ipv6.url(), null, Duration.ofSeconds(10), 4096)
                            .call("m");
            final RawServer.Request request = ipv6.request();
            request.answer("200 OK", "", RESULT.formatted(1));

            assertThat(call.get(10, TimeUnit.SECONDS).asInt()).isEqualTo(7);
            assertThat(request.head())
                    .containsIgnoringCase("host: [::1]:" + ipv6.url().getPort() + "\r\n");
        }
    }

    @Test
    void shouldSendPathAndQueryAsTheyStand() throws Exception {
        final URI url = URI.create(server.url() + "/rpc/v1?token=a%2Fb");
        final CompletableFuture<JsonNode> call =
                new JsonRpcClient(connections, url, null, Duration.ofSeconds(10), 4096).call("m");
        final RawServer.Request request = server.request();
        request.answer("200 OK", "", RESULT.formatted(1));

        call.get(10, TimeUnit.SECONDS);
        assertThat(request.head()).startsWith("POST /rpc/v1?token=a%2Fb HTTP/1.1\r\n");
    }

    @Test
    void shouldFailEveryCallThatIsUnderWayWhenItCloses() throws Exception {
        final JsonRpcClient client = client(60_000);
        final List<CompletableFuture<JsonNode>> calls = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            calls.add(client.call("m"));
        }
        server.request();

        connections.close();
        calls.add(client.call("m"));

        for (final CompletableFuture<JsonNode> call : calls) {
            assertThat(failure(call)).isInstanceOf(JsonRpcFailure.Transport.class);
        }
    }

    @Test
    void shouldFailWhenTheUseOfASocketThrows() throws Exception {
        final Vertx vertx = Vertx.vertx();
        try {
            final int port =
                    vertx.createHttpServer()
                            .webSocketHandler(socket -> {})
                            .listen(0, "127.0.0.1")
                            .toCompletionStage()
                            .toCompletableFuture()
                            .get(10, TimeUnit.SECONDS)
                            .actualPort();

            final CompletableFuture<String> result =
                    connections.onSocket(
                            new ServerPlace(URI.create("http://127.0.0.1:" + port)).socket(null),
                            (loop, socket) -> {
                                throw new IllegalStateException("of no use");
                            });

            assertThat(failure(result)).hasMessage("of no use");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldCompleteOnTheEventLoopAndStartNoThreadForACall() throws Exception {
        final JsonRpcClient client = client(10_000);
        final List<String> threads = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            final CompletableFuture<JsonNode> call = client.call("m");
            final CompletableFuture<String> thread =
                    call.thenApply(result -> Thread.currentThread().getName());
            server.request().answer("200 OK", "", RESULT.formatted(i));
            threads.add(thread.get(10, TimeUnit.SECONDS));
        }

        // The test's own thread, where the answer came before the question was chained.
        assertThat(threads)
                .allMatch(
                        name ->
                                name.contains("vert.x-eventloop-thread-0")
                                        || name.equals(Thread.currentThread().getName()));
    }

    private JsonRpcClient client(final int timeoutMs) {
        return new JsonRpcClient(
                connections, server.url(), null, Duration.ofMillis(timeoutMs), 4096);
    }

    private static Throwable failure(final CompletableFuture<?> call) {
        final ExecutionException thrown =
                catchThrowableOfType(
                        ExecutionException.class, () -> call.get(10, TimeUnit.SECONDS));
        assertThat(thrown).isNotNull();
        return thrown.getCause();
    }
}
