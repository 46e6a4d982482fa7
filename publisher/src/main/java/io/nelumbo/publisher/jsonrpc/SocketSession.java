package io.nelumbo.publisher.jsonrpc;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket: assembles messages within their bound, answers each, and stops reading while too
 * many are in flight or the client does not take its answers. Carries the values of channels, and
 * closes with code 1008 when the client does not take those. Owned by the event loop.
 */
final class SocketSession {
    private static final Logger LOG = LoggerFactory.getLogger(SocketSession.class);
    private static final long NO_TIMER = -1;
    private static final short MESSAGE_TOO_BIG = 1009;
    private static final short TRY_AGAIN_LATER = 1013;
    private static final short POLICY_VIOLATION = 1008;

    private final ServerWebSocket socket;
    private final Vertx vertx;
    private final ServerLimits limits;
    private final HeldBytes held;
    private final Caller caller;
    private final BiFunction<byte[], Asker, CompletableFuture<Reply>> dispatcher;
    private final Context context;
    private final SocketChannels channels;
    private Buffer message = Buffer.buffer();
    private HeldBytes.Share arriving;
    private int inFlight;
    private boolean reading = true;
    private long drainDeadline = NO_TIMER;

    SocketSession(
            final ServerWebSocket socket,
            final Vertx vertx,
            final ServerLimits limits,
            final HeldBytes held,
            final HeldBytes channelRoom,
            final Caller caller,
            final BiFunction<byte[], Asker, CompletableFuture<Reply>> dispatcher) {
        this.socket = socket;
        this.vertx = vertx;
        this.limits = limits;
        this.held = held;
        this.arriving = held.share();
        this.caller = caller;
        this.dispatcher = dispatcher;
        this.context = vertx.getOrCreateContext();
        this.channels =
                new SocketChannels(
                        SocketChannels.roomIn(channelRoom),
                        () -> onLoop(this::pump),
                        why -> onLoop(() -> endSlow(why)));
    }

    void start() {
        // Pings keep an idle but living client from the idle timeout, and find a dead one.
        final long pinger =
                vertx.setPeriodic(
                        limits.bodyTimeout().toMillis(),
                        tick -> socket.writePing(Buffer.buffer("nelumbo")));
        socket.frameHandler(this::take)
                .exceptionHandler(broken -> socket.close())
                .drainHandler(drained -> drained())
                .closeHandler(
                        closed -> {
                            vertx.cancelTimer(pinger);
                            cancelDrainDeadline();
                            arriving.release();
                            channels.end();
                        });
    }

    private void take(final WebSocketFrame frame) {
        if (!frame.isText() && !frame.isBinary() && !frame.isContinuation()) {
            return;
        }
        final Buffer part = frame.binaryData();
        if (message.length() + part.length() > limits.maxBodyBytes()) {
            refuse(
                    MESSAGE_TOO_BIG,
                    "expected a message of at most " + limits.maxBodyBytes() + " bytes");
        } else if (!arriving.take(part.length())) {
            refuse(TRY_AGAIN_LATER, "overloaded: too many bytes are in hand, try again later");
        } else {
            message.appendBuffer(part);
            if (frame.isFinal()) {
                answer();
            }
        }
    }

    private void answer() {
        final byte[] request = message.getBytes();
        final HeldBytes.Share share = arriving;
        message = Buffer.buffer();
        arriving = held.share();
        final Asker asker = new Asker(caller, share, channels);
        inFlight++;
        regulate();
        Future.fromCompletionStage(dispatcher.apply(request, asker), context)
                .onSuccess(reply -> write(reply, share))
                .onFailure(
                        failure -> {
                            share.release();
                            abandon(failure);
                        });
    }

    private void refuse(final short closeCode, final String text) {
        message = Buffer.buffer();
        arriving.release();
        socket.frameHandler(ignored -> {});
        final Reply reply = Reply.error(JsonRpcError.invalidRequest(text));
        final long deadline =
                vertx.setTimer(limits.bodyTimeout().toMillis(), late -> socket.close());
        socket.writeTextMessage(new String(reply.body(), StandardCharsets.UTF_8))
                .onComplete(
                        written -> {
                            vertx.cancelTimer(deadline);
                            socket.close(closeCode, text);
                        });
    }

    /** Only an error of the machine comes here; without an answer, the client must not wait. */
    private void abandon(final Throwable failure) {
        LOG.error("no answer to a request", failure);
        socket.close();
    }

    private void write(final Reply reply, final HeldBytes.Share share) {
        inFlight--;
        if (inFlight == 0) {
            channels.forgetEarlyCancels();
        }
        share.replaceBy(reply.body().length);
        if (socket.isClosed() || reply.body().length == 0) {
            share.release();
        } else {
            final long deadline =
                    vertx.setTimer(limits.bodyTimeout().toMillis(), late -> socket.close());
            socket.writeTextMessage(new String(reply.body(), StandardCharsets.UTF_8))
                    .onComplete(
                            done -> {
                                vertx.cancelTimer(deadline);
                                share.release();
                            });
            // Behind the write above, so that a client knows a channel before its first value.
            reply.whenWritten().run();
        }
        if (!socket.isClosed()) {
            regulate();
        }
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
        }
    }

    private void drained() {
        cancelDrainDeadline();
        regulate();
        pump();
    }

    /** Writes what waits in the channels, as long as the client takes it. */
    private void pump() {
        if (socket.isClosed()) {
            return;
        }
        channels.pump(
                () -> !socket.writeQueueFull(),
                message -> socket.writeTextMessage(new String(message, StandardCharsets.UTF_8)));
        if (socket.writeQueueFull() && drainDeadline == NO_TIMER) {
            drainDeadline =
                    vertx.setTimer(
                            limits.bodyTimeout().toMillis(),
                            late -> {
                                drainDeadline = NO_TIMER;
                                endSlow("too slow: nothing was taken in " + limits.bodyTimeout());
                            });
        }
    }

    /** Frees what the channels hold at once, whatever the client does about the rest. */
    private void endSlow(final String why) {
        channels.end();
        socket.frameHandler(ignored -> {});
        socket.close(POLICY_VIOLATION, why);
    }

    private void onLoop(final Runnable work) {
        try {
            context.runOnContext(now -> work.run());
        } catch (final RejectedExecutionException ended) {
            LOG.debug("the server is closed already");
        }
    }

    private void cancelDrainDeadline() {
        if (drainDeadline != NO_TIMER) {
            vertx.cancelTimer(drainDeadline);
            drainDeadline = NO_TIMER;
        }
    }
}
