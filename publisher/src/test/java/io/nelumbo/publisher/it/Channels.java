package io.nelumbo.publisher.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nelumbo.publisher.cli.devnet.DevnetNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A Lotus client's WebSocket to one node, with the JDK's own client. The socket's thread fills the
 * queue of messages; the rest is owned by the test's thread.
 */
final class Channels implements AutoCloseable {
    private static final long PATIENCE_S = 60;

    private final ObjectMapper json = new ObjectMapper();
    private final LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final Map<Long, Queue<JsonNode>> values = new HashMap<>();
    private final WebSocket socket;
    private int calls;

    private Channels(final DevnetNode node) throws InterruptedException {
        this.socket =
                Await.value(
                        HttpClient.newHttpClient()
                                .newWebSocketBuilder()
                                .header("Authorization", "Bearer " + node.token())
                                .buildAsync(
                                        URI.create(
                                                node.api()
                                                        .url("/rpc/v1")
                                                        .toString()
                                                        .replaceFirst("^http", "ws")),
                                        new Listener()));
    }

    static Channels to(final DevnetNode node) throws InterruptedException {
        return new Channels(node);
    }

    /** Subscribes, and returns the channel's number. */
    long subscribe(final String method) throws InterruptedException, IOException {
        calls++;
        Await.value(
                socket.sendText(
                        "{\"jsonrpc\":\"2.0\",\"id\":"
                                + calls
                                + ",\"method\":\"Filecoin."
                                + method
                                + "\",\"params\":[]}",
                        true));
        JsonNode message = next();
        while (message.path("id").asInt() != calls) {
            keep(message);
            message = next();
        }
        return message.path("result").asLong(-1);
    }

    /** The next value of a channel. */
    JsonNode value(final long channel) throws InterruptedException, IOException {
        JsonNode value = of(channel).poll();
        while (value == null) {
            keep(next());
            value = of(channel).poll();
        }
        return value;
    }

    @Override
    public void close() {
        socket.abort();
    }

    private void keep(final JsonNode message) {
        of(message.path("params").path(0).asLong()).add(message.path("params").path(1));
    }

    private Queue<JsonNode> of(final long channel) {
        return values.computeIfAbsent(channel, number -> new ArrayDeque<>());
    }

    private JsonNode next() throws InterruptedException, IOException {
        final String message = messages.poll(PATIENCE_S, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("expected a message within " + PATIENCE_S + " s");
        }
        return json.readTree(message);
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(
                final WebSocket from, final CharSequence part, final boolean last) {
            text.append(part);
            if (last) {
                messages.add(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }
}
