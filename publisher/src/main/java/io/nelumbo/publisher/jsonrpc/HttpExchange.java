package io.nelumbo.publisher.jsonrpc;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer, within bounds of time and size. Owned by the event loop. A failure
 * says nothing about whether the server took the request; the connection of a failed exchange is
 * closed, because an answer may still be under way on it.
 */
final class HttpExchange {
    private final Vertx vertx;
    private final int maxBytes;
    private final IntPredicate room;
    private final Duration timeout;
    private final CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();
    private Buffer received = Buffer.buffer();
    private Runnable onEnd = () -> {};
    private @Nullable HttpClientRequest request;
    private long deadline;
    private boolean ended;

    /**
     * @param room whether so many more bytes of an answer may be taken
     */
    HttpExchange(
            final Vertx vertx,
            final int maxBytes,
            final IntPredicate room,
            final Duration timeout) {
        this.vertx = vertx;
        this.maxBytes = maxBytes;
        this.room = room;
        this.timeout = timeout;
    }

    CompletableFuture<HttpAnswer> answer() {
        return answer;
    }

    /** Takes a connection, sends the request and waits for its answer. */
    void start(
            final HttpClient http,
            final RequestOptions options,
            final byte[] body,
            final Runnable whenEnded) {
        onEnd = whenEnded;
        deadline =
                vertx.setTimer(
                        Math.max(1, timeout.toMillis()), late -> fail(new TimeoutException()));
        http.request(options)
                .onSuccess(connected -> send(connected, body))
                .onFailure(why -> fail(new NotConnected(why)));
    }

    /** Ends it without an answer; no effect when it has ended. */
    void fail(final Throwable why) {
        if (end()) {
            if (request != null) {
                reset(request);
            }
            answer.completeExceptionally(why);
        }
    }

    private void send(final HttpClientRequest connected, final byte[] body) {
        connected.exceptionHandler(this::fail);
        if (ended) {
            // Given up while it waited for the connection: nothing was sent.
            reset(connected);
            return;
        }
        request = connected;
        connected.send(Buffer.buffer(body)).onSuccess(this::receive).onFailure(this::fail);
    }

    private void receive(final HttpClientResponse response) {
        response.exceptionHandler(this::fail)
                .handler(this::take)
                .endHandler(
                        last -> {
                            if (end()) {
                                answer.complete(
                                        new HttpAnswer(response.statusCode(), received.getBytes()));
                            }
                        });
    }

    private void take(final Buffer part) {
        if (ended) {
            return;
        }
        if (part.length() > maxBytes - received.length()) {
            fail(
                    new AnswerTooLarge(
                            "expected an answer of at most " + maxBytes + " bytes but was more"));
        } else if (!room.test(part.length())) {
            fail(new AnswerTooLarge("overloaded: too many bytes of answers are in hand"));
        } else if (received.length() == 0) {
            received = part;
        } else {
            received.appendBuffer(part);
        }
    }

    private boolean end() {
        if (ended) {
            return false;
        }
        ended = true;
        vertx.cancelTimer(deadline);
        onEnd.run();
        return true;
    }

    private static void reset(final HttpClientRequest abandoned) {
        // Whether the connection was still there to be closed makes no difference.
        abandoned.reset();
    }
}
