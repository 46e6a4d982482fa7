package io.nelumbo.publisher.node;

import io.nelumbo.publisher.api.upstream.UpstreamWatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Has the watch look at the upstreams every few seconds: followers do not push and would not notice
 * that one is gone. A thread of its own asks.
 */
final class UpstreamProbe implements AutoCloseable {
    private final ScheduledExecutorService thread;

    private UpstreamProbe(final ScheduledExecutorService thread) {
        this.thread = thread;
    }

    static UpstreamProbe start(final UpstreamWatch watch) {
        final ScheduledExecutorService thread =
                Executors.newSingleThreadScheduledExecutor(NodeThreads.named("upstream-probe"));
        final Future<?> unused =
                thread.scheduleWithFixedDelay(
                        () -> watch.look().join(),
                        0,
                        UpstreamWatch.INTERVAL.toMillis(),
                        TimeUnit.MILLISECONDS);
        return new UpstreamProbe(thread);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
