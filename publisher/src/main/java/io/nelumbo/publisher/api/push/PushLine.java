package io.nelumbo.publisher.api.push;

import io.nelumbo.publisher.pipeline.Receipt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What one client publishes without waiting, message after message, each replied to for itself.
 * They reach the pipeline in their order, part by part: here a part follows when the one before it
 * is with the pipeline, through a follower when the leader has answered it, and what comes
 * meanwhile goes along with the next. So those of one account get ascending nonces, as far as they
 * are not refused; only a change of the leader may mix them. Any thread; bounded by whoever puts
 * in.
 */
public final class PushLine {

    /** A push, and who is told of it, once, on any thread. */
    public record Entry(Push push, Consumer<PushReply> replies) {

        void commit(final Receipt receipt) {
            replies.accept(new PushReply.Committed(receipt));
        }

        void refuse(final RefusalKind kind, final String text, final long retryAfterMs) {
            replies.accept(new PushReply.Refused(kind, text, retryAfterMs, push.requestId()));
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
        executor.execute(this::next);
    }

    private void next() {
        final List<Entry> part = takePart();
        if (!part.isEmpty()) {
            final CompletableFuture<Void> unused =
                    parts.apply(part).thenRunAsync(this::next, executor);
        }
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
