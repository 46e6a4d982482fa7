package io.nelumbo.publisher.jsonrpc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Channels as go-jsonrpc has them, on a real WebSocket. */
final class ChannelsTest {
    private static final String SUBSCRIBE = "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"sub\"}";

    private final Vertx vertx = Vertx.vertx();
    // A field: Vert.x closes a client, and its sockets, when the garbage collector takes it.
    private final WebSocketClient client = vertx.createWebSocketClient();
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final BlockingQueue<ChannelSink> opened = new LinkedBlockingQueue<>();
    private final AtomicInteger ended = new AtomicInteger();
    private final CompletableFuture<String> closeReason = new CompletableFuture<>();
    private volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);
    private JsonRpcServer server;
    private int port;

    @BeforeEach
    void start() throws Exception {
        final JsonRpcSubscription subscription =
                (params, caller, channel) -> {
                    channel.offer(RawJson.of("\"early\"".getBytes(US_ASCII)));
                    opened.add(channel);
                    return gate.thenApply(open -> ended::incrementAndGet);
                };
        final JsonRpcSubscription refused =
                (params, caller, channel) -> {
                    throw JsonRpcError.application("not now, " + params);
                };
        server =
                new JsonRpcServer(
                        new Routes(
                                Map.of(
                                        "/rpc/v1",
                                        new Endpoint(
                                                Map.of(
                                                        "echo",
                                                        (params, caller) ->
                                                                CompletableFuture.completedFuture(
                                                                        params.at(0))),
                                                Map.of("sub", subscription, "refused", refused),
                                                OtherMethods.NONE)),
                                Map.of()),
                        Authenticator.NOBODY_IN_PARTICULAR,
                        ServerLimits.standard());
        port = server.listen("127.0.0.1", 0).get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        server.close().get(10, TimeUnit.SECONDS);
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void shouldTellTheChannelBeforeItsValuesAndItsEndBehindThem() throws Exception {
        final WebSocket socket = open();
        socket.writeTextMessage(SUBSCRIBE.formatted("\"a\""));
        assertThat(message()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"result\":1}");
        assertThat(message()).isEqualTo(value(1, "\"early\""));

        final ChannelSink channel = opened.poll(10, TimeUnit.SECONDS);
        channel.offer(RawJson.of("[ 1.0 ]".getBytes(US_ASCII)));
        channel.close();

        assertThat(channel.offer(RawJson.of(TextNode.valueOf("late")))).isFalse();
        assertThat(message()).isEqualTo(value(1, "[ 1.0 ]"));
        assertThat(message()).isEqualTo(end(1));
    }

    @Test
    void shouldNumberTheChannelsOfEachSocket() throws Exception {
        final WebSocket one = open();
        one.writeTextMessage(SUBSCRIBE.formatted(7));
        assertThat(message()).endsWith("\"id\":7,\"result\":1}");
        message();
        one.writeTextMessage(SUBSCRIBE.formatted(8));
        assertThat(message()).endsWith("\"id\":8,\"result\":2}");
        message();
        open().writeTextMessage(SUBSCRIBE.formatted(7));
        assertThat(message()).endsWith("\"id\":7,\"result\":1}");
    }

    @Test
    void shouldEndTheSubscriptionThatIsCancelledAndNoOther() throws Exception {
        final WebSocket socket = open();
        socket.writeTextMessage(SUBSCRIBE.formatted(1));
        socket.writeTextMessage(SUBSCRIBE.formatted("\"1\""));
        for (int i = 0; i < 4; i++) {
            message();
        }
        final ChannelSink first = opened.take();
        final ChannelSink second = opened.take();

        // Go writes the number as it likes.
        socket.writeTextMessage(
                "{\"jsonrpc\":\"2.0\",\"method\":\"xrpc.cancel\",\"params\":[1.0]}");

        assertThat(message()).matches(".*xrpc.ch.close\",\"params\":\\[[12]]}");
        assertThat(ended).hasValue(1);
        assertThat(
                        List.of(
                                first.offer(RawJson.of(TextNode.valueOf("x"))),
                                second.offer(RawJson.of(TextNode.valueOf("x")))))
                .containsExactlyInAnyOrder(true, false);
    }

    @Test
    void shouldIgnoreTheCancellingOfAnythingElse() throws Exception {
        final WebSocket socket = open();
        for (final String params : new String[] {"[99]", "[]", "{}", "null", "[[1]]"}) {
            socket.writeTextMessage("{\"method\":\"xrpc.cancel\",\"params\":" + params + "}");
        }
        socket.writeTextMessage("{\"method\":\"xrpc.ch.val\",\"params\":[1,2]}");
        socket.writeTextMessage("{\"id\":1,\"method\":\"echo\",\"params\":[5]}");
        assertThat(message()).endsWith("\"result\":5}");
    }

    @Test
    void shouldEndAtOnceWhatWasCancelledWhileItOpened() throws Exception {
        gate = new CompletableFuture<>();
        final WebSocket socket = open();
        socket.writeTextMessage(SUBSCRIBE.formatted(1));
        final ChannelSink sink = opened.take();
        socket.writeTextMessage("{\"method\":\"xrpc.cancel\",\"params\":[1]}");
        socket.writeTextMessage("{\"id\":2,\"method\":\"echo\",\"params\":[5]}");
        assertThat(message()).endsWith("\"result\":5}");
        awaitRefusing(sink);

        gate.complete(null);

        assertThat(message()).endsWith("\"id\":1,\"result\":1}");
        assertThat(message()).isEqualTo(end(1));
        awaitEnded();
        assertThat(ended).hasValue(1);
    }

    /** Another worker than the one that has answered the call behind it may have the cancel. */
    private static void awaitRefusing(final ChannelSink sink) {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (sink.offer(RawJson.of(TextNode.valueOf("x")))) {
            assertThat(System.nanoTime() - deadlineNs).as("ns late").isNegative();
            LockSupport.parkNanos(1_000_000);
        }
    }

    /**
     * A worker may look at the cancel only now: the client can hear of the end before it is done.
     */
    private void awaitEnded() {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (ended.get() == 0 && System.nanoTime() - deadlineNs < 0) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Workers take the messages of one socket side by side. */
    @Test
    void shouldEndWhatIsCancelledBeforeTheCallIsLookedAt() {
        final List<String> written = new ArrayList<>();
        final SocketChannels channels =
                new SocketChannels(new HeldBytes(1 << 20), () -> {}, why -> {});
        channels.cancel(LongNode.valueOf(7));
        final Reply reply =
                channels.open(
                                LongNode.valueOf(7),
                                channel ->
                                        CompletableFuture.completedFuture(ended::incrementAndGet),
                                Duration.ofSeconds(10))
                        .join();
        reply.whenWritten().run();
        channels.pump(() -> true, message -> written.add(new String(message, US_ASCII)));

        assertThat(written).containsExactly(end(1));
        assertThat(ended).hasValue(1);
        // when: nothing is in flight, the same number may be used again
        channels.cancel(LongNode.valueOf(8));
        channels.forgetEarlyCancels();
        final CompletableFuture<Reply> again =
                channels.open(
                        LongNode.valueOf(8),
                        channel -> CompletableFuture.completedFuture(ended::incrementAndGet),
                        Duration.ofSeconds(10));
        assertThat(again).isCompleted();
        assertThat(ended).hasValue(1);
    }

    @Test
    void shouldRefuseASubscriptionWhereThereIsNoChannel() throws Exception {
        assertThat(post(SUBSCRIBE.formatted(1)))
                .contains("\"code\":-32601", "method 'sub' not supported in this mode");
        final WebSocket socket = open();
        socket.writeTextMessage("[" + SUBSCRIBE.formatted(1) + "]");
        assertThat(message()).contains("\"code\":-32601");
        socket.writeTextMessage("{\"id\":2,\"method\":\"refused\",\"params\":[ 1 ]}");
        assertThat(message()).contains("\"code\":1,\"message\":\"not now, [ 1 ]\"");
        assertThat(opened).isEmpty();
    }

    @Test
    void shouldBoundTheChannelsOfASocketI10() throws Exception {
        final WebSocket socket = open();
        for (int i = 0; i < SocketChannels.MAX_CHANNELS; i++) {
            socket.writeTextMessage(SUBSCRIBE.formatted(i));
            message();
            message();
        }
        socket.writeTextMessage(SUBSCRIBE.formatted(1000));
        assertThat(message()).contains("expected at most 64 channels");
        // when: one is given back
        socket.writeTextMessage("{\"method\":\"xrpc.cancel\",\"params\":[0]}");
        message();
        socket.writeTextMessage(SUBSCRIBE.formatted(1001));
        assertThat(message()).contains("\"id\":1001,\"result\":65");
    }

    @Test
    void shouldEndEverythingWhenTheSocketCloses() throws Exception {
        final WebSocket socket = open();
        socket.writeTextMessage(SUBSCRIBE.formatted(1));
        socket.writeTextMessage(SUBSCRIBE.formatted(2));
        for (int i = 0; i < 4; i++) {
            message();
        }
        socket.close();
        awaitEnded(2);
        assertThat(opened.take().offer(RawJson.of(TextNode.valueOf("x")))).isFalse();
    }

    /** I10: neither memory nor a thread waits for a client that does not read. */
    @Test
    void shouldCloseAClientThatDoesNotTakeItsValues() throws Exception {
        try (Socket deaf = new Socket(InetAddress.getLoopbackAddress(), port)) {
            deaf.setReceiveBufferSize(1024);
            deaf.getOutputStream()
                    .write(
                            ("GET /rpc/v1 HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
                                            + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                                    .getBytes(US_ASCII));
            assertThat(deaf.getInputStream().read()).isEqualTo('H');
            deaf.getOutputStream().write(masked(SUBSCRIBE.formatted(1)));
            final ChannelSink channel = opened.poll(10, TimeUnit.SECONDS);
            final RawJson large = RawJson.of(TextNode.valueOf("x".repeat(1 << 20)));

            int taken = 0;
            while (channel.offer(large)) {
                taken++;
                assertThat(taken).isLessThan(200);
            }

            awaitEnded(1);
            awaitHeld(0);
        }
    }

    @Test
    void shouldNotBlameAClientForWhatOthersHoldI10() {
        final HeldBytes room = JsonRpcServer.roomOfChannels(4 << 20);
        final List<String> reasons = new ArrayList<>();
        final RawJson value = RawJson.of(TextNode.valueOf("x".repeat(200 << 10)));
        final ChannelSink deaf = sink(room, reasons);
        for (int i = 0; i < 5; i++) {
            assertThat(deaf.offer(value)).isTrue();
        }

        assertThat(sink(room, reasons).offer(value)).isFalse();
        assertThat(reasons).containsExactly("no room for channels on this node; try again later");
        assertThat(room.bytes()).isEqualTo(5L * value.length());
    }

    @Test
    void shouldBoundWhatOneSocketHoldsOfTheRoomI10() {
        final HeldBytes room = JsonRpcServer.roomOfChannels(128L << 20);
        final List<String> reasons = new ArrayList<>();
        final SocketChannels socket =
                new SocketChannels(SocketChannels.roomIn(room), () -> {}, reasons::add);
        final RawJson value = RawJson.of(TextNode.valueOf("x".repeat(1 << 20)));
        final List<ChannelSink> sinks = List.of(sink(socket, 1), sink(socket, 2), sink(socket, 3));
        for (int i = 0; i < 15; i++) {
            assertThat(sinks.get(i % 3).offer(value)).isTrue();
        }

        assertThat(sinks.get(0).offer(value)).isFalse();
        assertThat(reasons).singleElement().asString().startsWith("too slow: ");
        socket.end();
        assertThat(room.bytes()).isZero();
    }

    private static ChannelSink sink(final HeldBytes room, final List<String> reasons) {
        return sink(new SocketChannels(SocketChannels.roomIn(room), () -> {}, reasons::add), 1);
    }

    private static ChannelSink sink(final SocketChannels socket, final long id) {
        final CompletableFuture<ChannelSink> opened = new CompletableFuture<>();
        final Reply reply =
                socket.open(
                                LongNode.valueOf(id),
                                channel -> {
                                    opened.complete(channel);
                                    return CompletableFuture.completedFuture(() -> {});
                                },
                                Duration.ofSeconds(10))
                        .join();
        assertThat(reply.httpStatus()).isEqualTo(200);
        return opened.join();
    }

    @Test
    void shouldSayWhyItClosesASlowClient() throws Exception {
        final WebSocket socket = open();
        socket.writeTextMessage(SUBSCRIBE.formatted(1));
        message();
        socket.pause();
        final ChannelSink channel = opened.take();
        final RawJson large = RawJson.of(TextNode.valueOf("x".repeat(32 << 10)));
        while (channel.offer(large)) {
            // Until it is too much.
        }
        socket.resume();
        assertThat(closeReason.get(10, TimeUnit.SECONDS))
                .contains("1008 too slow: ", "values of a channel were not taken; subscribe anew");
    }

    private WebSocket open() throws Exception {
        final WebSocket socket =
                client.connect(port, "127.0.0.1", "/rpc/v1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS);
        socket.textMessageHandler(messages::add);
        socket.closeHandler(
                closed ->
                        closeReason.complete(
                                socket.closeStatusCode() + " " + socket.closeReason()));
        return socket;
    }

    private String message() throws InterruptedException {
        final String next = messages.poll(10, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    private void awaitEnded(final int count) {
        await(() -> ended.get() == count);
    }

    private void awaitHeld(final long bytes) {
        await(() -> server.heldBytes().join() == bytes);
    }

    private static void await(final BooleanSupplier condition) {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadlineNs);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private String post(final String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/rpc/v1"))
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
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

    /** A text frame as clients send it, masked with zeros; shorter than 126 bytes. */
    private static byte[] masked(final String text) {
        final List<Byte> frame = new ArrayList<>();
        frame.add((byte) 0x81);
        frame.add((byte) (0x80 | text.length()));
        for (int i = 0; i < 4; i++) {
            frame.add((byte) 0);
        }
        for (final byte b : text.getBytes(US_ASCII)) {
            frame.add(b);
        }
        final byte[] bytes = new byte[frame.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = frame.get(i);
        }
        return bytes;
    }
}
