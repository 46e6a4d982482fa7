package io.nelumbo.publisher.jsonrpc;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The threads that decode requests and start methods, so that the event loop does neither. A full
 * queue answers at once that the node is overloaded. Any thread.
 */
final class Workers {
    private static final int THREADS =
            Math.max(2, Math.min(8, Runtime.getRuntime().availableProcessors()));

    private final ThreadPoolExecutor threads;

    Workers(final int maxQueuedRequests) {
        final AtomicInteger count = new AtomicInteger();
        this.threads =
                new ThreadPoolExecutor(
                        THREADS,
                        THREADS,
                        0,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(maxQueuedRequests),
                        work -> {
                            final Thread thread =
                                    new Thread(work, "rpc-" + count.getAndIncrement());
                            thread.setDaemon(true);
                            return thread;
                        });
    }

    CompletableFuture<Dispatcher.Reply> dispatch(
            final Dispatcher dispatcher, final byte[] request, final Caller caller) {
        try {
            return run(() -> dispatcher.dispatch(request, caller));
        } catch (final RejectedExecutionException e) {
            return CompletableFuture.completedFuture(
                    Dispatcher.Reply.error(
                            JsonRpcError.application(
                                    "overloaded: "
                                            + threads.getQueue().size()
                                            + " requests are waiting; nothing was done, try again"
                                            + " later")));
        }
    }

    /** Throws RejectedExecutionException when the queue is full or the server is closing. */
    <T> CompletableFuture<T> run(final Supplier<CompletableFuture<T>> work) {
        return CompletableFuture.completedFuture(work).thenComposeAsync(Supplier::get, threads);
    }

    void close() {
        threads.shutdown();
    }
}
