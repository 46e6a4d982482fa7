package io.nelumbo.publisher.cli.devnet;

import io.nelumbo.publisher.devchain.ChainReport;
import io.nelumbo.publisher.devchain.DevChainServer;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Traffic without end on the devnet's main thread, and a line a second from a thread that looks.
 */
final class LiveRun {
    private final DevnetCluster cluster;
    private final DevChainServer chain;
    private final Traffic traffic;
    private final Readiness readiness = new Readiness();
    private final Consumer<String> lines;
    private long before;

    LiveRun(
            final DevnetOptions options,
            final DevnetCluster cluster,
            final DevChainServer chain,
            final Consumer<String> lines) {
        this.cluster = cluster;
        this.chain = chain;
        this.traffic = new Traffic(cluster.clients(), cluster.accounts(), options);
        this.lines = lines;
    }

    /** Returns when the thread is interrupted. */
    void run() throws InterruptedException {
        final ScheduledExecutorService view = Executors.newSingleThreadScheduledExecutor();
        final ScheduledFuture<?> unused =
                view.scheduleAtFixedRate(this::look, 1, 1, TimeUnit.SECONDS);
        try {
            while (!Thread.currentThread().isInterrupted()) {
                traffic.send();
            }
        } finally {
            traffic.end();
            view.shutdownNow();
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
