package io.nelumbo.publisher.api.push;

import io.nelumbo.publisher.pipeline.Receipt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one client publishes without waiting, message after message, each replied to for itself.
 * They reach the pipeline in their order, part by part: here a part follows when the one before it
 * is with the pipeline, through a follower when all of that one are replied to, and what comes
 * meanwhile goes along with the next. So those of one account get ascending nonces, as far as they
 * are not refused; only a change of the leader may mix them. Any thread; bounded by whoever puts
 * in.
 */
public final class PushLine {
    private static final Logger LOG = LoggerFactory.getLogger(PushLine.class);

    /** A push, and who is told of it, once, on any thread. */
    public static final class Entry {
        private final Push push;
        private final Consumer<PushReply> replies;
        private final AtomicBoolean told = new AtomicBoolean();

        public Entry(final Push push, final Consumer<PushReply> replies) {
            this.push = push;
            this.replies = replies;
        }

        Push push() {
            return push;
        }

        void commit(final Receipt receipt) {
            tell(new PushReply.Committed(receipt));
        }

        void refuse(final RefusalKind kind, final String text, final long retryAfterMs) {
            tell(new PushReply.Refused(kind, text, retryAfterMs, push.requestId()));
        }

        /** What is said of it when its part failed: it may have come as far as the pipeline. */
        private void lose(final String why) {
            refuse(RefusalKind.OUTCOME_UNKNOWN, AttemptWords.outcomeUnknown(push, why), 0);
        }

        private void tell(final PushReply reply) {
            if (told.compareAndSet(false, true)) {
                replies.accept(reply);
            }
        }
    }

    private final Function<List<Entry>, CompletableFuture<Void>> parts;
    private final Executor executor;
    private final Queue<Entry> waiting = new ArrayDeque<>();
    private boolean busy;

    /**
     * @param parts takes a part; completes when the next one may follow
     */
    PushLine(final Function<List<Entry>, CompletableFuture<Void>> parts, final Executor executor) {
        this.parts = parts;
        this.executor = executor;
    }

    /** Publishes messages behind those that came before. Returns at once. */
    public void publish(final List<Entry> entries) {
        synchronized (waiting) {
            waiting.addAll(entries);
            if (busy) {
                return;
            }
            busy = true;
        }
        goOn();
    }

    private void goOn() {
        try {
            executor.execute(this::next);
        } catch (final RejectedExecutionException ended) {
            for (List<Entry> part = takePart(); !part.isEmpty(); part = takePart()) {
                part.forEach(entry -> entry.lose("this node stops"));
            }
        }
    }

    private void next() {
        final List<Entry> part = takePart();
        if (part.isEmpty()) {
            return;
        }
        final CompletableFuture<Void> unused =
                CompletableFuture.completedFuture(part)
                        .thenCompose(parts)
                        .handle(
                                (followed, failure) -> {
                                    if (failure != null) {
                                        lose(part, failure);
                                    }
                                    goOn();
                                    return null;
                                });
    }

    /** A line that stopped here would keep its client waiting for ever. */
    private static void lose(final List<Entry> part, final Throwable failure) {
        final String logId = UUID.randomUUID().toString();
        LOG.error("internal error {} in a part of a line", logId, Failures.cause(failure));
        part.forEach(entry -> entry.lose("internal error (" + logId + " in this node's log)"));
    }

    private List<Entry> takePart() {
        synchronized (waiting) {
            final List<Entry> part = new ArrayList<>();
            long bytes = 0;
            for (Entry next = waiting.peek();
                    next != null && PartSize.hasRoom(part.size(), bytes);
                    next = waiting.peek()) {
                bytes += next.push().sizeBytes();
                part.add(waiting.remove());
            }
            busy = !part.isEmpty();
            return part;
        }
    }
}
