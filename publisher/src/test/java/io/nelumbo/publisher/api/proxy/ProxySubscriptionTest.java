package io.nelumbo.publisher.api.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.publisher.api.upstream.CallRoom;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Channels of an upstream, through the node, over real WebSockets on both sides. */
final class ProxySubscriptionTest {
    private static final String NOTIFY =
            "{\"jsonrpc\":\"2.0\",\"id\":\"n\",\"method\":\"Filecoin.ChainNotify\",\"params\":[ 1.0"
                    + " ]}";

    private final Vertx vertx = Vertx.vertx();
    // A field: Vert.x closes a client, and its sockets, when the garbage collector takes it.
    private final WebSocketClient client = vertx.createWebSocketClient();
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private ProxyFixture node;

    @BeforeEach
    void start() throws Exception {
        node = new ProxyFixture();
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void shouldPassValuesOnByteForByteUnderOurOwnNumbers() throws Exception {
        final ServerWebSocket upstream = subscribed(open(), node.first, 41);

        upstream.writeTextMessage(value(41, " [ {\"b\":1.0,\"b\":1e400,\"a\" : \"\\u00e9/\"}]"));
        upstream.writeTextMessage(value(42, "\"of another channel\""));
        upstream.writeTextMessage(value(41, "null"));

        assertThat(message())
                .isEqualTo(value(1, "[ {\"b\":1.0,\"b\":1e400,\"a\" : \"\\u00e9/\"}]"));
        assertThat(message()).isEqualTo(value(1, "null"));
        assertThat(node.first.paths).containsExactly("/rpc/v1");
        assertThat(node.first.tokens).containsExactly("Bearer our-token");
    }

    @Test
    void shouldTellTheClientWhenTheUpstreamClosesTheChannelOrDies() throws Exception {
        final WebSocket socket = open();
        subscribed(socket, node.first, 5)
                .writeTextMessage(
                        "{\"jsonrpc\":\"2.0\",\"method\":\"xrpc.ch.close\",\"params\":[5]}");
        assertThat(message()).isEqualTo(end(1));

        subscribed(socket, node.first, 6).close();
        assertThat(message()).isEqualTo(end(2));
        awaitRoom();
    }

    @Test
    void shouldCancelUpstreamWhatTheClientCancels() throws Exception {
        final WebSocket socket = open();
        subscribed(socket, node.first, 5);

        socket.writeTextMessage("{\"method\":\"xrpc.cancel\",\"params\":[\"n\"]}");

        assertThat(node.first.message())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"method\":\"xrpc.cancel\",\"params\":[1]}");
        assertThat(message()).isEqualTo(end(1));
        node.first.socketClosed.get(10, TimeUnit.SECONDS);
        awaitRoom();
    }

    @Test
    void shouldCancelUpstreamWhenTheClientGoes() throws Exception {
        final WebSocket socket = open();
        subscribed(socket, node.first, 5);
        socket.close();
        assertThat(node.first.message()).contains("xrpc.cancel");
        node.first.socketClosed.get(10, TimeUnit.SECONDS);
        awaitRoom();
    }

    @Test
    void shouldSubscribeAtTheNextWhenTheFirstBreaksOffBeforeItAnswers() throws Exception {
        final WebSocket socket = open();
        socket.writeTextMessage(NOTIFY);
        node.first.message();
        node.first.sockets.take().close();

        node.second.message();
        final ServerWebSocket second = node.second.sockets.take();
        second.writeTextMessage("{\"id\":1,\"jsonrpc\":\"2.0\",\"result\":9}");
        assertThat(message()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"n\",\"result\":1}");
        second.writeTextMessage(value(9, "7"));
        assertThat(message()).isEqualTo(value(1, "7"));
    }

    @Test
    void shouldNotTakeAStrayMessageForAnAnswer() throws Exception {
        try (ProxyFixture hasty =
                new ProxyFixture(Duration.ofMillis(300), Duration.ofMillis(10_000))) {
            final WebSocket socket = open(hasty, "read");
            socket.writeTextMessage(NOTIFY);
            hasty.first.message();
            hasty.first.sockets.take().writeTextMessage("{\"id\":99,\"result\":5}");

            // then: its time runs on, and the next is asked
            hasty.second.message();
            final ServerWebSocket second = hasty.second.sockets.take();
            second.writeTextMessage("{\"id\":1,\"jsonrpc\":\"2.0\",\"result\":9}");
            assertThat(message()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"n\",\"result\":1}");
            hasty.first.socketClosed.get(10, TimeUnit.SECONDS);

            // when: it answers again, the channel stays the one that it named first
            second.writeTextMessage("{\"id\":1,\"jsonrpc\":\"2.0\",\"result\":77}");
            second.writeTextMessage(value(77, "\"of another channel\""));
            second.writeTextMessage(value(9, "7"));
            assertThat(message()).isEqualTo(value(1, "7"));
        }
    }

    @Test
    void shouldPassARefusalOnAndKeepNothing() throws Exception {
        final WebSocket socket = open();
        socket.writeTextMessage(NOTIFY);
        node.first.message();
        node.first
                .sockets
                .take()
                .writeTextMessage("{\"id\":1,\"error\":{\"code\":-32601, \"message\":\"no\"}}");
        assertThat(message())
                .isEqualTo(
                        "{\"jsonrpc\":\"2.0\",\"id\":\"n\",\"error\":"
                                + "{\"code\":-32601, \"message\":\"no\"}}");
        node.first.socketClosed.get(10, TimeUnit.SECONDS);
        awaitRoom();
    }

    @Test
    void shouldCheckThePermissionBeforeAnUpstreamHearsOfIt() throws Exception {
        final WebSocket socket = open("write");
        socket.writeTextMessage(NOTIFY);
        assertThat(message()).contains("missing permission to invoke 'ChainNotify' (need 'read')");
        assertThat(node.first.sockets).isEmpty();
        assertThat(node.post("/rpc/v1", "read", NOTIFY)).contains("-32601");
    }

    /** Calls that are not subscriptions go over HTTP to the upstream. */
    @Test
    void shouldPassPlainCallsOnBesideChannels() throws Exception {
        final WebSocket socket = open();
        node.first.behaviour = RawUpstream.result("[ 1.0 ]");
        socket.writeTextMessage("{\"id\":3,\"method\":\"Filecoin.ChainHead\",\"params\":[]}");
        assertThat(message()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":[ 1.0 ]}");
    }

    private ServerWebSocket subscribed(
            final WebSocket socket, final RawUpstream upstream, final int number) throws Exception {
        socket.writeTextMessage(NOTIFY);
        assertThat(upstream.message())
                .isEqualTo(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"Filecoin.ChainNotify\","
                                + "\"params\":[ 1.0 ]}");
        final ServerWebSocket there = upstream.sockets.poll(10, TimeUnit.SECONDS);
        there.writeTextMessage("{\"id\":1,\"jsonrpc\":\"2.0\",\"result\":" + number + "}");
        assertThat(message()).startsWith("{\"jsonrpc\":\"2.0\",\"id\":\"n\",\"result\":");
        return there;
    }

    private WebSocket open() throws Exception {
        return open("read");
    }

    private WebSocket open(final String permissions) throws Exception {
        return open(node, permissions);
    }

    private WebSocket open(final ProxyFixture at, final String permissions) throws Exception {
        final WebSocket socket =
                client.connect(at.port, "127.0.0.1", "/rpc/v1?token=" + permissions)
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS);
        socket.textMessageHandler(messages::add);
        return socket;
    }

    private String message() throws InterruptedException {
        final String next = messages.poll(10, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    /** All room for subscriptions is there again (I10). */
    private void awaitRoom() {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (System.nanoTime() < deadlineNs) {
            int taken = 0;
            while (taken < CallRoom.MAX_SUBSCRIPTIONS && node.room.beginSubscription()) {
                taken++;
            }
            for (int i = 0; i < taken; i++) {
                node.room.endSubscription();
            }
            if (taken == CallRoom.MAX_SUBSCRIPTIONS) {
                return;
            }
            LockSupport.parkNanos(1_000_000);
        }
        throw new AssertionError("expected the room to be given back");
    }

    private static String value(final int channel, final String json) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"xrpc.ch.val\",\"params\":["
                + channel
                + ","
                + json
                + "]}";
    }

    private static String end(final int channel) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"xrpc.ch.close\",\"params\":[" + channel + "]}";
    }
}
