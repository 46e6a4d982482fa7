package io.nelumbo.publisher.jsonrpc;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one batch array, a few side by side; the answers stand in the order of the calls.
 * Owned by the workers, several at once.
 *
 * <p>One small request may ask for a thousand large answers. So a call's tree is let go when it is
 * started, and its answer is bytes, counted, as soon as it is there (I10). Calls that wait for the
 * world do not keep others from starting: they are bounded where they wait.
 */
final class Batch {
    /** Calls of one batch that run side by side. */
    static final int LANES = 8;

    private final Dispatcher dispatcher;
    private final Asker asker;
    private final Executor workers;
    private final Queue<IncomingCall> waiting = new ArrayDeque<>();
    private final AtomicReferenceArray<byte[]> answers;
    private final AtomicInteger unanswered;
    private final CompletableFuture<Reply> all = new CompletableFuture<>();
    private CompletableFuture<Void> lastLarge = CompletableFuture.completedFuture(null);

    /**
     * @param calls one or more
     */
    Batch(
            final Dispatcher dispatcher,
            final List<IncomingCall> calls,
            final Asker asker,
            final Executor workers) {
        this.dispatcher = dispatcher;
        this.asker = asker;
        this.workers = workers;
        waiting.addAll(calls);
        this.answers = new AtomicReferenceArray<>(waiting.size());
        this.unanswered = new AtomicInteger(waiting.size());
    }

    CompletableFuture<Reply> run() {
        for (int lane = 0; lane < LANES; lane++) {
            runLane();
        }
        return all;
    }

    private void runLane() {
        for (Next next = next(); next != null; next = next()) {
            final int index = next.index();
            final CompletableFuture<Reply> answer = start(next.call());
            if (answer.isDone()) {
                take(index, answer);
            } else if (dispatcher.waits(next.call())) {
                final CompletableFuture<Reply> unused =
                        answer.whenComplete((reply, failure) -> take(index, answer));
            } else {
                final CompletableFuture<Reply> unused =
                        answer.whenComplete(
                                (reply, failure) -> {
                                    take(index, answer);
                                    goOn();
                                });
                return;
            }
        }
    }

    private CompletableFuture<Reply> start(final IncomingCall call) {
        return dispatcher.hasLargeAnswer(call)
                ? afterOtherLarge(call)
                : dispatcher.one(call, asker);
    }

    /** One tree of a large answer at a time. */
    private CompletableFuture<Reply> afterOtherLarge(final IncomingCall call) {
        final CompletableFuture<Void> mine = new CompletableFuture<>();
        final CompletableFuture<Void> before;
        synchronized (this) {
            before = lastLarge;
            lastLarge = mine;
        }
        return before.thenCompose(free -> dispatcher.one(call, asker))
                .whenComplete((reply, failure) -> mine.complete(null));
    }

    /** Whoever completed an answer has other things to do than to run the next call. */
    private void goOn() {
        try {
            workers.execute(this::runLane);
        } catch (final RejectedExecutionException full) {
            for (Next next = next(); next != null; next = next()) {
                take(
                        next.index(),
                        CompletableFuture.completedFuture(Dispatcher.turnedAway(next.call())));
            }
        }
    }

    private synchronized @Nullable Next next() {
        final int index = answers.length() - waiting.size();
        final IncomingCall call = waiting.poll();
        return call == null ? null : new Next(index, call);
    }

    private void take(final int index, final CompletableFuture<Reply> answer) {
        if (answer.isCompletedExceptionally()) {
            // Only an error of the machine: the batch has no answer then.
            final CompletableFuture<Reply> unused =
                    answer.whenComplete((reply, failure) -> all.completeExceptionally(failure));
            return;
        }
        final Reply reply = answer.join();
        final byte[] body = reply.body();
        asker.held().add(body.length - reply.countedBytes());
        answers.set(index, body);
        if (unanswered.decrementAndGet() == 0) {
            all.complete(joined());
        }
    }

    private Reply joined() {
        final ByteArrayOutputStream array = new ByteArrayOutputStream();
        for (int i = 0; i < answers.length(); i++) {
            final byte[] body = answers.getAndSet(i, new byte[0]);
            if (body.length > 0) {
                array.write(array.size() == 0 ? '[' : ',');
                array.writeBytes(body);
            }
        }
        if (array.size() == 0) {
            return Reply.NOTHING;
        }
        array.write(']');
        return new Reply(200, array.toByteArray());
    }

    private record Next(int index, IncomingCall call) {}
}
