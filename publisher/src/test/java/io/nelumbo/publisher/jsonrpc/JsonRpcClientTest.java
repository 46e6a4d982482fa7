package io.nelumbo.publisher.jsonrpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that answers whatever the test says: callers must tell the failures apart. */
final class JsonRpcClientTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final AtomicReference<String> authorization = new AtomicReference<>();
    private final AtomicReference<Function<JsonNode, String>> answer = new AtomicReference<>();
    private final ClientConnections connections = ClientConnections.open();
    private HttpServer server;
    private int status = 200;
    private URI url;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    authorization.set(exchange.getRequestHeaders().getFirst("Authorization"));
                    final byte[] body;
                    try {
                        final JsonNode call =
                                StrictJson.ANSWERS.read(exchange.getRequestBody().readAllBytes());
                        body = answer.get().apply(call).getBytes(UTF_8);
                    } catch (final MalformedJson e) {
                        throw new IllegalStateException(e);
                    }
                    exchange.sendResponseHeaders(status, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/rpc/v1");
    }

    @AfterEach
    void stop() {
        connections.close();
        server.stop(0);
    }

    @Test
    void shouldReadLargeAnswersOffTheEventLoopWithinABoundOfTheirOwnI10() throws Exception {
        answer.set(
                call ->
                        "{\"result\":\""
                                + "x".repeat(100_000)
                                + "\",\"id\":"
                                + call.get("id")
                                + "}");

        assertThat(client(10_000).call("m"))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("at most 4096 bytes");
        final CompletableFuture<String> thread =
                client(10_000)
                        .callLarge(200_000, "m")
                        .thenApply(result -> Thread.currentThread().getName());
        assertThat(thread.get(10, TimeUnit.SECONDS)).isEqualTo("rpc-large-answers");
    }

    @Test
    void shouldRefuseATreeOfManyTinyNodesI10() {
        final byte[] tiny = ("[" + "[],".repeat(1_100_000) + "1]").getBytes(UTF_8);

        assertThatThrownBy(() -> StrictJson.ANSWERS.read(tiny)).isInstanceOf(MalformedJson.class);
        assertThatThrownBy(() -> StrictJson.REQUESTS.read(tiny)).isInstanceOf(MalformedJson.class);
    }

    @Test
    void shouldSendPositionalParamsAndTheToken() throws Exception {
        answer.set(
                call ->
                        "{\"jsonrpc\":\"2.0\",\"result\":"
                                + call.get("params")
                                + ",\"id\":"
                                + call.get("id")
                                + "}");

        final JsonNode result =
                client(5000).call("m", NODES.numberNode(1), NODES.textNode("a")).get();

        assertThat(result.toString()).isEqualTo("[1,\"a\"]");
        assertThat(authorization).hasValue("Bearer secret");
    }

    @Test
    void shouldTellAnErrorAnswer() {
        status = 500;
        answer.set(
                call ->
                        "{\"id\":"
                                + call.get("id")
                                + ",\"error\":{\"code\":-32601,\"message\":\"absent\"}}");

        final JsonRpcFailure.ErrorAnswer failure =
                failure(client(5000).call("m"), JsonRpcFailure.ErrorAnswer.class);

        assertThat(failure.code()).isEqualTo(-32601);
        assertThat(failure.text()).isEqualTo("absent");
    }

    @Test
    void shouldTellWhatIsNotJsonRpc() {
        status = 502;
        answer.set(call -> "<html>bad gateway</html>");
        assertThat(failure(client(5000).call("m"), JsonRpcFailure.Transport.class))
                .hasMessageContaining("HTTP 502: <html>bad gateway");

        status = 200;
        answer.set(call -> "{\"id\":-1,\"result\":1}");
        assertThat(failure(client(5000).call("m"), JsonRpcFailure.Transport.class))
                .hasMessageContaining("expected a JSON-RPC answer");
    }

    @Test
    void shouldTellARefusedConnection() {
        server.stop(0);

        assertThat(failure(client(5000).call("m"), JsonRpcFailure.Transport.class))
                .hasMessageContaining("ConnectException");
    }

    @Test
    void shouldTellSilence() {
        final CompletableFuture<String> never = new CompletableFuture<>();
        answer.set(call -> never.join());

        assertThat(failure(client(100).call("m"), JsonRpcFailure.TimedOut.class))
                .hasMessageContaining("within 100 ms");
        never.complete("");
    }

    @Test
    void shouldRefuseAnAnswerBeyondItsBound() {
        answer.set(call -> "\"" + "x".repeat(5000) + "\"");

        assertThat(failure(client(5000).call("m"), JsonRpcFailure.Transport.class))
                .hasMessageContaining("at most 4096 bytes");
    }

    @Test
    void shouldMatchTheAnswersOfABatchByTheirIds() throws Exception {
        answer.set(
                calls ->
                        "[{\"id\":"
                                + calls.at("/1/id")
                                + ",\"error\":{\"code\":1,\"message\":\"no\"}},{\"id\":"
                                + calls.at("/0/id")
                                + ",\"result\":7}]");

        final List<JsonRpcClient.BatchResult> results =
                client(5000)
                        .callAll(
                                List.of(
                                        new JsonRpcClient.BatchCall("a", List.of()),
                                        new JsonRpcClient.BatchCall("b", List.of()),
                                        new JsonRpcClient.BatchCall("c", List.of())))
                        .get();

        assertThat(results.get(0).result()).isEqualTo(NODES.numberNode(7));
        assertThat(results.get(1).failure()).isInstanceOf(JsonRpcFailure.ErrorAnswer.class);
        assertThat(results.get(2).failure()).isInstanceOf(JsonRpcFailure.Transport.class);
    }

    private JsonRpcClient client(final int timeoutMs) {
        return new JsonRpcClient(connections, url, "secret", Duration.ofMillis(timeoutMs), 4096);
    }

    private static <T extends JsonRpcFailure> T failure(
            final CompletableFuture<?> call, final Class<T> kind) {
        final ExecutionException thrown =
                catchThrowableOfType(
                        ExecutionException.class, () -> call.get(10, TimeUnit.SECONDS));
        assertThat(thrown).isNotNull();
        assertThat(thrown.getCause()).isInstanceOf(kind);
        return kind.cast(thrown.getCause());
    }
}
