package io.nelumbo.publisher.jsonrpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketFrame;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same methods over a WebSocket, in text frames. */
final class SocketSessionTest {
    private static final int MAX_BODY_BYTES = 10_000;

    private final Vertx vertx = Vertx.vertx();
    // A field: Vert.x closes a client, and its sockets, when the garbage collector takes it.
    private final WebSocketClient client = vertx.createWebSocketClient();
    private final AtomicInteger running = new AtomicInteger();
    private final CompletableFuture<JsonNode> gate = new CompletableFuture<>();
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final CompletableFuture<Short> closed = new CompletableFuture<>();
    private JsonRpcServer server;
    private int port;

    @BeforeEach
    void start() throws Exception {
        server =
                new JsonRpcServer(
                        Routes.ofMethods(
                                Map.of(
                                        "echo",
                                        (params, caller) ->
                                                CompletableFuture.completedFuture(params.at(0)),
                                        "wait",
                                        (params, caller) -> {
                                            running.incrementAndGet();
                                            return gate;
                                        }),
                                "/rpc/v0"),
                        token -> "bad".equals(token) ? null : new Caller(Set.of(), new byte[8]),
                        ServerLimits.standard().withMaxBodyBytes(MAX_BODY_BYTES));
        port = server.listen("127.0.0.1", 0).get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        server.close().get(10, TimeUnit.SECONDS);
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void shouldAnswerCallsAndBatches() throws Exception {
        final WebSocket socket = open("/rpc/v0");

        socket.writeTextMessage("{\"id\":\"a\",\"method\":\"echo\",\"params\":[1]}");
        assertThat(answer().toString())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"result\":1}");

        socket.writeTextMessage("[{\"id\":1,\"method\":\"echo\"},{\"id\":2,\"method\":\"none\"}]");
        assertThat(answer()).hasSize(2);
    }

    @Test
    void shouldAnswerOutOfOrderWhenAnEarlierCallWaits() throws Exception {
        final WebSocket socket = open("/rpc/v0");

        socket.writeTextMessage("{\"id\":1,\"method\":\"wait\"}");
        socket.writeTextMessage("{\"id\":2,\"method\":\"echo\"}");
        assertThat(answer().get("id").asInt()).isEqualTo(2);

        gate.complete(JsonNodeFactory.instance.nullNode());
        assertThat(answer().get("id").asInt()).isEqualTo(1);
    }

    @Test
    void shouldKeepTheSocketAfterMalformedJsonAndInvalidUtf8() throws Exception {
        final WebSocket socket = open("/rpc/v0");

        socket.writeTextMessage("{");
        assertThat(answer().at("/error/code").asInt()).isEqualTo(-32700);

        socket.writeBinaryMessage(Buffer.buffer(new byte[] {'"', (byte) 0xff, '"'}));
        assertThat(answer().at("/error/message").asText()).contains("expected UTF-8");
    }

    @Test
    void shouldPutFragmentsTogether() throws Exception {
        final WebSocket socket = open("/rpc/v0");

        socket.writeFrame(WebSocketFrame.textFrame("{\"id\":1,\"method\":", false));
        socket.writeFrame(
                WebSocketFrame.continuationFrame(Buffer.buffer("\"echo\",\"params\":[5]}"), true));

        assertThat(answer().get("result").asInt()).isEqualTo(5);
    }

    @Test
    void shouldSayWhyAndCloseWhenAMessageIsTooLarge() throws Exception {
        final WebSocket socket = open("/rpc/v0");

        for (int i = 0; i < 3; i++) {
            final Buffer part = Buffer.buffer("x".repeat(MAX_BODY_BYTES / 2));
            socket.writeFrame(
                    i == 0
                            ? WebSocketFrame.textFrame(part.toString(), false)
                            : WebSocketFrame.continuationFrame(part, false));
        }

        assertThat(answer().at("/error/message").asText())
                .isEqualTo("expected a message of at most 10000 bytes");
        assertThat(closed.get(10, TimeUnit.SECONDS)).isEqualTo((short) 1009);
    }

    @Test
    void shouldRefuseABadTokenAtTheUpgrade() {
        final CompletableFuture<WebSocket> upgrade =
                client.connect(port, "127.0.0.1", "/rpc/v0?token=bad")
                        .toCompletionStage()
                        .toCompletableFuture();

        assertThat(upgrade)
                .failsWithin(10, TimeUnit.SECONDS)
                .withThrowableThat()
                .withMessageContaining("401");
    }

    @Test
    void shouldStopReadingWhenTooManyCallsAreInFlight() throws Exception {
        final WebSocket socket = open("/rpc/v0");
        final int bound = ServerLimits.standard().maxSocketRequests();
        for (int i = 0; i < bound + 500; i++) {
            socket.writeTextMessage("{\"id\":" + i + ",\"method\":\"wait\"}");
        }
        // The server has stopped reading when the count stands still at the bound; every call that
        // it let in beyond would show after the gate opens, too.
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (running.get() < bound && System.nanoTime() < deadline) {
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(running).hasValueBetween(bound, bound + 1);

        gate.complete(JsonNodeFactory.instance.nullNode());
        for (int i = 0; i < bound + 500; i++) {
            answer();
        }
    }

    private WebSocket open(final String path) throws Exception {
        return client.connect(port, "127.0.0.1", path)
                .onSuccess(
                        socket ->
                                socket.textMessageHandler(answers::add)
                                        .closeHandler(
                                                end -> closed.complete(socket.closeStatusCode())))
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private JsonNode answer() throws Exception {
        final String answer = answers.poll(10, TimeUnit.SECONDS);
        assertThat(answer).isNotNull();
        return StrictJson.ANSWERS.read(answer.getBytes(UTF_8));
    }
}
