package io.nelumbo.publisher.jsonrpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One subscription at another server, on a WebSocket of its own: what comes is offered to a channel
 * in the bytes that came. Owned by the event loop of the connections.
 *
 * <p>The channel is closed when the server closes it, breaks off or falls silent, so that whoever
 * listens can subscribe anew.
 */
final class RawSubscription {
    private static final long PING_INTERVAL_MS = 10_000;

    /** Of our one call on this socket. */
    private static final long CALL_ID = 1;

    private final Vertx vertx;
    private final WebSocket socket;
    private final ChannelSink channel;
    private final CompletableFuture<RawAnswer> answer = new CompletableFuture<>();
    private @Nullable String channelNumber;
    private long pinger;
    private long deadline;
    private boolean ended;

    RawSubscription(final Vertx vertx, final WebSocket socket, final ChannelSink channel) {
        this.vertx = vertx;
        this.socket = socket;
        this.channel = channel;
    }

    /**
     * Sends the call.
     *
     * @param timeout for the answer
     * @return completes with the server's answer; a result says that the channel is open
     */
    CompletableFuture<RawAnswer> start(
            final String method, final @Nullable RawJson params, final Duration timeout) {
        deadline =
                vertx.setTimer(
                        Math.max(1, timeout.toMillis()), late -> fail(new TimeoutException()));
        pinger =
                vertx.setPeriodic(
                        PING_INTERVAL_MS, tick -> socket.writePing(Buffer.buffer("nelumbo")));
        socket.textMessageHandler(message -> take(message.getBytes(UTF_8)))
                .exceptionHandler(broken -> end(String.valueOf(broken)))
                .closeHandler(closed -> end("the WebSocket was closed"));
        socket.writeTextMessage(text(RawClient.request(CALL_ID, method, params)))
                .onFailure(broken -> end(String.valueOf(broken)));
        return answer;
    }

    /** Nobody listens any more. */
    void cancel() {
        if (!ended) {
            socket.writeTextMessage(
                    "{\"jsonrpc\":\"2.0\",\"method\":\"xrpc.cancel\",\"params\":["
                            + CALL_ID
                            + "]}");
            end("cancelled");
        }
    }

    private void take(final byte[] message) {
        if (ended) {
            return;
        }
        try {
            take(RawMembers.ofObject(message));
        } catch (final MalformedJson e) {
            end(String.valueOf(e.getMessage()));
        }
    }

    private void take(final Map<String, RawJson> message) throws MalformedJson {
        final RawJson word = message.get("method");
        if (word == null) {
            answered(RawClient.answerIn(message, CALL_ID));
            return;
        }
        final RawJson params = message.get("params");
        final List<RawJson> about = params == null ? List.of() : RawMembers.ofArray(params.bytes());
        if (about.isEmpty() || !about.get(0).toString().equals(channelNumber)) {
            return;
        }
        if (word.toString().equals("\"xrpc.ch.close\"")) {
            end("the server closed the channel");
        } else if (word.toString().equals("\"xrpc.ch.val\"")
                && about.size() == 2
                && !channel.offer(about.get(1))) {
            cancel();
        }
    }

    private void answered(final @Nullable RawAnswer heard) {
        if (heard == null || answer.isDone()) {
            // Not the answer to our call, or not the first: neither may change what was said.
            return;
        }
        vertx.cancelTimer(deadline);
        if (heard instanceof RawAnswer.Result result) {
            channelNumber = result.value().toString();
            answer.complete(heard);
        } else {
            answer.complete(heard);
            end("refused");
        }
    }

    private void end(final String why) {
        fail(new IOException(why));
    }

    private void fail(final Exception why) {
        if (ended) {
            return;
        }
        ended = true;
        vertx.cancelTimer(pinger);
        vertx.cancelTimer(deadline);
        socket.close();
        if (channelNumber != null) {
            channel.close();
        }
        answer.completeExceptionally(why);
    }

    private static String text(final byte[] utf8) {
        return new String(utf8, UTF_8);
    }
}
