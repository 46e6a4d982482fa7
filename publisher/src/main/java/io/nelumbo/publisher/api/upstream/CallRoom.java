package io.nelumbo.publisher.api.upstream;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * How many calls of clients may be with upstreams at once. Any thread.
 *
 * <p>Each takes a connection of its own, and whoever may only read may ask as many as fit into
 * batches: what clients have passed on is bounded here, before the process runs out of files, which
 * would halt the journal (I10). Pushes have their own way and are not crowded out.
 */
public final class CallRoom {
    public static final int MAX_CALLS = 1024;
    public static final int MAX_WAITING_CALLS = 512;

    /** Each has a WebSocket of its own to an upstream. */
    public static final int MAX_SUBSCRIPTIONS = 512;

    private final Semaphore calls = new Semaphore(MAX_CALLS);
    private final Semaphore waitingCalls = new Semaphore(MAX_WAITING_CALLS);
    private final Semaphore subscriptions = new Semaphore(MAX_SUBSCRIPTIONS);

    /**
     * Makes a call if there is room.
     *
     * @param waits whether it waits for the chain
     * @param full made when there is no room: nothing was passed on
     */
    public <T> CompletableFuture<T> within(
            final boolean waits,
            final Supplier<CompletableFuture<T>> call,
            final Supplier<? extends RuntimeException> full) {
        final Semaphore room = waits ? waitingCalls : calls;
        if (!room.tryAcquire()) {
            return CompletableFuture.failedFuture(full.get());
        }
        // Through a future, so that what is thrown gives the room back, too.
        return CompletableFuture.completedFuture(call)
                .thenCompose(Supplier::get)
                .whenComplete((answer, failure) -> room.release());
    }

    /** Takes room for a subscription; {@link #endSubscription} gives it back. */
    public boolean beginSubscription() {
        return subscriptions.tryAcquire();
    }

    public void endSubscription() {
        subscriptions.release();
    }
}
