package io.nelumbo.publisher.api.push;

import io.nelumbo.statemachine.ledger.LedgerView;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets a follower answer its client only when its own ledger holds what the leader committed, so
 * that the client reads what it wrote. {@code await} from any thread, {@code onApplied} from the
 * applying thread.
 */
public final class AppliedSequences {
    private static final int MAX_WAITING = 65_536;

    private final LedgerView ledger;
    private final Executor executor;
    private final AtomicInteger waitingCount = new AtomicInteger();
    private final ConcurrentNavigableMap<Long, CompletableFuture<Void>> waiting =
            new ConcurrentSkipListMap<>();

    /**
     * @param executor where those who waited go on, so that they do not hold up the applying thread
     */
    public AppliedSequences(final LedgerView ledger, final Executor executor) {
        this.ledger = ledger;
        this.executor = executor;
    }

    /** A batch was applied to the ledger. Cheap while nobody waits. */
    public void onApplied() {
        if (!waiting.isEmpty()) {
            release();
        }
    }

    /**
     * Completes when this node has applied the event of a sequence, or when the timeout ends: what
     * is committed stays so, and the client only misses the comfort. Never completes exceptionally.
     */
    public CompletableFuture<Void> await(final long sequence, final Duration timeout) {
        if (ledger.nextSequence() > sequence || waitingCount.get() >= MAX_WAITING) {
            return CompletableFuture.completedFuture(null);
        }
        final CompletableFuture<Void> mine = new CompletableFuture<>();
        final CompletableFuture<Void> earlier = waiting.putIfAbsent(sequence, mine);
        if (earlier == null) {
            waitingCount.incrementAndGet();
        }
        final CompletableFuture<Void> applied = earlier == null ? mine : earlier;
        // It may have been applied between the two looks.
        if (ledger.nextSequence() > sequence) {
            release();
        }
        return applied.copy().completeOnTimeout(null, timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void release() {
        final long next = ledger.nextSequence();
        Map.Entry<Long, CompletableFuture<Void>> first = waiting.firstEntry();
        while (first != null && first.getKey() < next) {
            final CompletableFuture<Void> applied = first.getValue();
            if (waiting.remove(first.getKey(), applied)) {
                waitingCount.decrementAndGet();
                executor.execute(() -> applied.complete(null));
            }
            first = waiting.firstEntry();
        }
    }
}
