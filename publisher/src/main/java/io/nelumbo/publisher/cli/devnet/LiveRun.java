package io.nelumbo.publisher.cli.devnet;

import io.nelumbo.publisher.devchain.ChainReport;
import io.nelumbo.publisher.devchain.DevChainServer;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Traffic without end on the devnet's main thread, and a line a second from a thread that looks.
 */
final class LiveRun {
    private final DevnetOptions options;
    private final DevnetCluster cluster;
    private final DevChainServer chain;
    private final Traffic traffic;
    private final Readiness readiness = new Readiness();
    private final Consumer<String> notes;
    private final Consumer<String> lines;
    private long before;

    LiveRun(
            final DevnetOptions options,
            final DevnetCluster cluster,
            final DevChainServer chain,
            final Consumer<String> notes,
            final Consumer<String> lines) {
        this.options = options;
        this.cluster = cluster;
        this.chain = chain;
        this.traffic = new Traffic(cluster.clients(), cluster.accounts(), options);
        this.notes = notes;
        this.lines = lines;
    }

    /** Returns when the thread is interrupted. */
    void run() throws InterruptedException {
        final ScheduledExecutorService view = Executors.newSingleThreadScheduledExecutor();
        final ScheduledFuture<?> unused =
                view.scheduleAtFixedRate(this::look, 1, 1, TimeUnit.SECONDS);
        try {
            awaitReady();
            while (!Thread.currentThread().isInterrupted()) {
                traffic.send();
            }
        } finally {
            traffic.end();
            view.shutdownNow();
        }
    }

    /** Those who are not ready in time may still come; the view goes on to say how they stand. */
    private void awaitReady() throws InterruptedException {
        final long deadlineNs =
                System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(options.deadlineMs());
        try {
            final long unused = readiness.awaitReady(cluster.nodes(), deadlineNs, notes);
        } catch (final TimeoutException e) {
            notes.accept(e.getMessage() + "; sending all the same");
        }
    }

    private void look() {
        final long now = traffic.acknowledged();
        try {
            lines.accept(line(now, now - before));
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        before = now;
    }

    private String line(final long acknowledged, final long perSecond) throws InterruptedException {
        final ChainReport report = chain.chain().report();
        final long landed = report.landed().values().stream().mapToLong(Map::size).sum();
        final String leader = readiness.leader(cluster.nodes());
        final String name =
                cluster.nodes().stream()
                        .filter(node -> node.peerId().equals(leader))
                        .map(node -> node.folder().root().getFileName().toString())
                        .findFirst()
                        .orElse("none");
        return "leader %-7s %6d/s  sent %d  acknowledged %d  on chain %d  lag %d  height %d"
                .formatted(
                        name,
                        perSecond,
                        traffic.sent(),
                        acknowledged,
                        landed,
                        acknowledged - landed,
                        report.height());
    }
}
