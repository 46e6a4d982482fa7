package io.nelumbo.publisher.jsonrpc;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket: assembles messages within their bound, answers each, and stops reading while too
 * many are in flight or the client does not take its answers. Owned by the event loop.
 */
final class SocketSession {
    private static final Logger LOG = LoggerFactory.getLogger(SocketSession.class);
    private static final short MESSAGE_TOO_BIG = 1009;

    private final ServerWebSocket socket;
    private final Vertx vertx;
    private final ServerLimits limits;
    private final Function<byte[], CompletableFuture<Dispatcher.Reply>> dispatcher;
    private final Context context;
    private Buffer message = Buffer.buffer();
    private int inFlight;
    private boolean reading = true;

    SocketSession(
            final ServerWebSocket socket,
            final Vertx vertx,
            final ServerLimits limits,
            final Function<byte[], CompletableFuture<Dispatcher.Reply>> dispatcher) {
        this.socket = socket;
        this.vertx = vertx;
        this.limits = limits;
        this.dispatcher = dispatcher;
        this.context = vertx.getOrCreateContext();
    }

    void start() {
        // Pings keep an idle but living client from the idle timeout, and find a dead one.
        final long pinger =
                vertx.setPeriodic(
                        limits.bodyTimeout().toMillis(),
                        tick -> socket.writePing(Buffer.buffer("nelumbo")));
        socket.frameHandler(this::take)
                .exceptionHandler(broken -> socket.close())
                .closeHandler(closed -> vertx.cancelTimer(pinger));
    }

    private void take(final WebSocketFrame frame) {
        if (!frame.isText() && !frame.isBinary() && !frame.isContinuation()) {
            return;
        }
        message.appendBuffer(frame.binaryData());
        if (message.length() > limits.maxBodyBytes()) {
            refuse();
        } else if (frame.isFinal()) {
            final byte[] request = message.getBytes();
            message = Buffer.buffer();
            inFlight++;
            regulate();
            Future.fromCompletionStage(dispatcher.apply(request), context)
                    .onSuccess(this::write)
                    .onFailure(this::abandon);
        }
    }

    private void refuse() {
        message = Buffer.buffer();
        socket.frameHandler(ignored -> {});
        final String text = "expected a message of at most " + limits.maxBodyBytes() + " bytes";
        final Dispatcher.Reply reply = Dispatcher.Reply.error(JsonRpcError.invalidRequest(text));
        socket.writeTextMessage(new String(reply.body(), StandardCharsets.UTF_8))
                .onComplete(written -> socket.close(MESSAGE_TOO_BIG, text));
    }

    /** Only an error of the machine comes here; without an answer, the client must not wait. */
    private void abandon(final Throwable failure) {
        LOG.error("no answer to a request", failure);
        socket.close();
    }

    private void write(final Dispatcher.Reply reply) {
        inFlight--;
        if (socket.isClosed()) {
            return;
        }
        if (reply.body().length > 0) {
            final long deadline =
                    vertx.setTimer(limits.bodyTimeout().toMillis(), late -> socket.close());
            socket.writeTextMessage(new String(reply.body(), StandardCharsets.UTF_8))
                    .onComplete(done -> vertx.cancelTimer(deadline));
        }
        regulate();
    }

    private void regulate() {
        final boolean mayRead = inFlight < limits.maxSocketRequests() && !socket.writeQueueFull();
        if (mayRead == reading) {
            return;
        }
        reading = mayRead;
        if (mayRead) {
            socket.resume();
        } else {
            socket.pause();
            socket.drainHandler(drained -> regulate());
        }
    }
}
