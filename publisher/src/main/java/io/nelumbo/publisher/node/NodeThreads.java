package io.nelumbo.publisher.node;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Names a node's threads after what they do. Any thread. */
final class NodeThreads {
    private NodeThreads() {}

    /** One daemon thread, and so many tasks that wait for it; more are refused. */
    static ExecutorService single(final String name, final int maxWaiting) {
        return new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(maxWaiting), named(name));
    }

    /** Daemon threads {@code name-1}, {@code name-2} … */
    static ThreadFactory named(final String name) {
        final AtomicInteger next = new AtomicInteger(1);
        return task -> {
            final Thread thread = new Thread(task, name + "-" + next.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        };
    }
}
