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

    /** Answers a request. */
    CompletableFuture<Reply> dispatch(
            final Dispatcher dispatcher, final byte[] request, final Asker asker) {
        return run(
                () -> dispatcher.dispatch(request, asker, threads),
                () ->
                        Reply.error(
                                JsonRpcError.application(
                                        "overloaded: "
                                                + threads.getQueue().size()
                                                + " requests are waiting; nothing was done, try"
                                                + " again later")));
    }

    /**
     * Runs work on a worker.
     *
     * @param turnedAway the answer when the queue is full or the server is closing
     */
    <T> CompletableFuture<T> run(
            final Supplier<CompletableFuture<T>> work, final Supplier<T> turnedAway) {
        final CompletableFuture<Supplier<CompletableFuture<T>>> start = new CompletableFuture<>();
        // Attached before it starts, so that the work runs on the worker and never here.
        final CompletableFuture<T> answer = start.thenCompose(Supplier::get);
        try {
            threads.execute(() -> start.complete(work));
        } catch (final RejectedExecutionException e) {
            return CompletableFuture.completedFuture(turnedAway.get());
        }
        return answer;
    }

    void close() {
        threads.shutdown();
    }
}
