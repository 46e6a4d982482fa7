package io.nelumbo.publisher.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.nelumbo.publisher.jsonrpc.JsonRpcFailure.ErrorAnswer;
import io.nelumbo.publisher.jsonrpc.JsonRpcFailure.TimedOut;
import io.nelumbo.publisher.jsonrpc.JsonRpcFailure.Transport;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client's many calls on one WebSocket. */
final class JsonRpcSocketTest {
    private final ClientConnections connections = ClientConnections.open();
    private final CompletableFuture<JsonNode> gate = new CompletableFuture<>();
    private final CompletableFuture<Void> running = new CompletableFuture<>();
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
                                            running.complete(null);
                                            return gate;
                                        }),
                                "/rpc/v1"),
                        token -> "bad".equals(token) ? null : new Caller(Set.of(), new byte[8]),
                        ServerLimits.standard());
        port = server.listen("127.0.0.1", 0).get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        gate.complete(JsonNodeFactory.instance.nullNode());
        connections.close();
        server.close().get(10, TimeUnit.SECONDS);
    }

    @Test
    void shouldGiveEachCallItsOwnAnswerWhenAnEarlierOneWaits() throws Exception {
        // given
        final JsonRpcSocket socket = open("good", Duration.ofSeconds(10));
        final CompletableFuture<JsonNode> waiting = socket.call("wait");

        // when
        final CompletableFuture<JsonNode> one = socket.call("echo", IntNode.valueOf(1));
        final CompletableFuture<JsonNode> two = socket.call("echo", IntNode.valueOf(2));

        // then
        assertThat(two.get(10, TimeUnit.SECONDS).asInt()).isEqualTo(2);
        assertThat(one.get(10, TimeUnit.SECONDS).asInt()).isEqualTo(1);
        assertThat(waiting).isNotDone();
        gate.complete(TextNode.valueOf("at last"));
        assertThat(waiting.get(10, TimeUnit.SECONDS).asText()).isEqualTo("at last");
    }

    @Test
    void shouldFailWithTheServersErrorAndGoOn() throws Exception {
        final JsonRpcSocket socket = open("good", Duration.ofSeconds(10));

        assertFailure(() -> await(socket.call("none")), ErrorAnswer.class);
        assertThat(await(socket.call("echo", IntNode.valueOf(3))).asInt()).isEqualTo(3);
    }

    @Test
    void shouldGiveUpACallThatIsNotAnsweredInTimeAndIgnoreItsAnswer() throws Exception {
        // given
        final JsonRpcSocket socket = open("good", Duration.ofMillis(300));

        // when
        assertFailure(() -> await(socket.call("wait")), TimedOut.class);
        gate.complete(TextNode.valueOf("too late"));

        // then
        assertThat(await(socket.call("echo", IntNode.valueOf(4))).asInt()).isEqualTo(4);
    }

    @Test
    void shouldFailCallsUnderWayAndLaterOnesWhenItIsClosed() throws Exception {
        // given
        final JsonRpcSocket socket = open("good", Duration.ofSeconds(10));
        final CompletableFuture<JsonNode> waiting = socket.call("wait");
        running.get(10, TimeUnit.SECONDS);

        // when
        socket.close();

        // then: of the first nobody knows what became of it, the second never left
        assertThatThrownBy(() -> await(waiting))
                .hasCauseInstanceOf(Transport.class)
                .satisfies(e -> assertThat(((Transport) e.getCause()).notSent()).isFalse());
        assertThatThrownBy(() -> await(socket.call("echo", IntNode.valueOf(5))))
                .hasCauseInstanceOf(Transport.class)
                .satisfies(e -> assertThat(((Transport) e.getCause()).notSent()).isTrue());
    }

    @Test
    void shouldNotOpenWithABadToken() {
        assertFailure(() -> open("bad", Duration.ofSeconds(10)), Transport.class);
    }

    private JsonRpcSocket open(final String token, final Duration timeout) throws Exception {
        return await(
                JsonRpcSocket.open(
                        connections,
                        URI.create("http://127.0.0.1:" + port + "/rpc/v1"),
                        token,
                        timeout));
    }

    private static void assertFailure(
            final ThrowingCallable call, final Class<? extends JsonRpcFailure> kind) {
        assertThatThrownBy(call).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(kind);
    }

    private static <T> T await(final CompletableFuture<T> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }
}
