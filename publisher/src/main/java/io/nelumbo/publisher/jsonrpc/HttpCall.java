package io.nelumbo.publisher.jsonrpc;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One POST: takes the body within its bounds, and writes the answer. Owned by the event loop.
 *
 * <p>A body that is too large is read on and thrown away up to a point, because a client that is
 * still sending when the connection closes never sees why.
 */
final class HttpCall {
    private static final Logger LOG = LoggerFactory.getLogger(HttpCall.class);
    private static final long MAX_DRAINED_BYTES = 64L << 20;
    private static final String RETRY_AFTER_S = "1";
    private static final String OVERLOADED =
            "overloaded: too many bytes of requests and answers are in hand; nothing was done, try"
                    + " again later";

    private final HttpServerRequest request;
    private final Vertx vertx;
    private final ServerLimits limits;
    private final HeldBytes.Share held;
    private final Context context;
    private Buffer body = Buffer.buffer();
    private long receivedBytes;
    private boolean wanted;

    HttpCall(
            final HttpServerRequest request,
            final Vertx vertx,
            final ServerLimits limits,
            final HeldBytes.Share held) {
        this.request = request;
        this.vertx = vertx;
        this.limits = limits;
        this.held = held;
        this.context = vertx.getOrCreateContext();
    }

    /** Answers with what the dispatcher makes of the body. */
    void answer(final BiFunction<byte[], HeldBytes.Share, CompletableFuture<Reply>> dispatcher) {
        wanted = true;
        receive(
                () -> {
                    if (!wanted) {
                        return;
                    }
                    if (receivedBytes > limits.maxBodyBytes()) {
                        write(tooLarge());
                        return;
                    }
                    final byte[] whole = body.getBytes();
                    body = Buffer.buffer();
                    Future.fromCompletionStage(dispatcher.apply(whole, held), context)
                            .onSuccess(this::write)
                            .onFailure(this::abandon);
                });
    }

    /** Answers without looking at the body. */
    void refuse(final int httpStatus, final JsonRpcError error) {
        receive(() -> write(Reply.error(httpStatus, error)));
    }

    private void receive(final Runnable whole) {
        final long deadline =
                vertx.setTimer(
                        limits.bodyTimeout().toMillis(), late -> request.connection().close());
        request.handler(this::take)
                .exceptionHandler(
                        broken -> {
                            vertx.cancelTimer(deadline);
                            held.release();
                        })
                .endHandler(
                        end -> {
                            vertx.cancelTimer(deadline);
                            whole.run();
                        });
    }

    private void take(final Buffer part) {
        receivedBytes += part.length();
        if (receivedBytes > MAX_DRAINED_BYTES) {
            request.connection().close();
        } else if (receivedBytes > limits.maxBodyBytes()) {
            forget();
        } else if (wanted && held.take(part.length())) {
            body.appendBuffer(part);
        } else if (wanted) {
            turnAway();
        }
    }

    private void forget() {
        body = Buffer.buffer();
        held.release();
    }

    /** Too much is in hand already: what else comes on this connection is not read. */
    private void turnAway() {
        wanted = false;
        forget();
        request.pause();
        request.response().putHeader("Retry-After", RETRY_AFTER_S).putHeader("Connection", "close");
        write(Reply.error(503, JsonRpcError.application(OVERLOADED)));
    }

    private Reply tooLarge() {
        return Reply.error(
                413,
                JsonRpcError.invalidRequest(
                        "expected a request body of at most "
                                + limits.maxBodyBytes()
                                + " bytes but was "
                                + receivedBytes));
    }

    /** Only an error of the machine comes here; without an answer, the client must not wait. */
    private void abandon(final Throwable failure) {
        LOG.error("no answer to a request", failure);
        held.release();
        request.connection().close();
    }

    private void write(final Reply reply) {
        final HttpServerResponse response = request.response();
        if (response.closed()) {
            held.release();
            return;
        }
        held.replaceBy(reply.body().length);
        final long deadline =
                vertx.setTimer(
                        limits.bodyTimeout().toMillis(), late -> request.connection().close());
        response.setStatusCode(reply.httpStatus())
                .putHeader("Content-Type", "application/json")
                .end(Buffer.buffer(reply.body()))
                .onComplete(
                        done -> {
                            vertx.cancelTimer(deadline);
                            held.release();
                            if (reply.httpStatus() == 503) {
                                request.connection().close();
                            }
                        });
    }
}
