package io.nelumbo.publisher.node;

import io.nelumbo.publisher.chain.Upstream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Looks now and then whether a chain node answers, for the health page: followers do not push and
 * would not notice. A thread of its own asks; any thread reads.
 */
final class UpstreamProbe implements AutoCloseable {
    private static final long INTERVAL_S = 5;

    private final List<Upstream> upstreams;
    private final ScheduledExecutorService thread;
    private volatile boolean reachable;

    private UpstreamProbe(final List<Upstream> upstreams, final ScheduledExecutorService thread) {
        this.upstreams = upstreams;
        this.thread = thread;
    }

    static UpstreamProbe start(final List<Upstream> upstreams) {
        final UpstreamProbe probe =
                new UpstreamProbe(
                        List.copyOf(upstreams),
                        Executors.newSingleThreadScheduledExecutor(
                                NodeThreads.named("upstream-probe")));
        final ScheduledFuture<?> unused =
                probe.thread.scheduleWithFixedDelay(probe::look, 0, INTERVAL_S, TimeUnit.SECONDS);
        return probe;
    }

    /** Whether any upstream answered when last asked. */
    boolean isReachable() {
        return reachable;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void look() {
        reachable =
                upstreams.stream().map(UpstreamProbe::answers).anyMatch(CompletableFuture::join);
    }

    private static CompletableFuture<Boolean> answers(final Upstream upstream) {
        return upstream.headHeight()
                .orTimeout(INTERVAL_S, TimeUnit.SECONDS)
                .handle((height, failure) -> failure == null);
    }
}
