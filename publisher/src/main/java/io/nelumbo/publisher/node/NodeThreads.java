package io.nelumbo.publisher.node;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Names a node's threads after what they do. Any thread. */
final class NodeThreads {
    private NodeThreads() {}

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
