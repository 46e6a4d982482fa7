package io.nelumbo.publisher.cli.devnet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.nelumbo.publisher.devchain.DevChainServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Owned by the devnet's main thread. Sends a number of messages in phases; in the middle of each
 * but the last, the leader of the moment is killed. The next phase begins when the killed node is
 * back and level with the others, so that no kill ever takes a majority.
 */
final class BoundedRun {
    private final DevnetOptions options;
    private final DevnetCluster cluster;
    private final DevChainServer chain;
    private final Traffic traffic;
    private final Readiness readiness = new Readiness();
    private final Consumer<String> progress;
    private final long deadlineNs;
    private final List<Long> failoverMs = new ArrayList<>();
    private @Nullable Long readyMs;
    private long sendingNs;

    BoundedRun(
            final DevnetOptions options,
            final DevnetCluster cluster,
            final DevChainServer chain,
            final Consumer<String> progress) {
        this.options = options;
        this.cluster = cluster;
        this.chain = chain;
        this.traffic = new Traffic(cluster.clients(), cluster.accounts(), options);
        this.progress = progress;
        this.deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(options.deadlineMs());
    }

    /** Runs it all on a started cluster; whatever is not in order stands in the report. */
    DevnetReport run() throws IOException, InterruptedException {
        String unfinished = "";
        try {
            readyMs = readiness.awaitReady(cluster.nodes(), deadlineNs, progress);
            for (int phase = 0; phase <= options.leaderKills(); phase++) {
                runPhase(phase);
            }
            Readiness.await(
                    "every message on the chain", deadlineNs, () -> isLanded(traffic.sent()));
            awaitConfirmed();
            awaitLevel("the nodes to agree");
        } catch (final TimeoutException e) {
            unfinished = String.valueOf(e.getMessage());
        }
        traffic.end();
        return audited(unfinished);
    }

    private void runPhase(final int phase)
            throws IOException, InterruptedException, TimeoutException {
        final int phases = options.leaderKills() + 1;
        final int from = (int) ((long) options.messages() * phase / phases);
        final int to = (int) ((long) options.messages() * (phase + 1) / phases);
        final boolean kills = phase < options.leaderKills();
        final int killAt = (from + to) / 2;
        final long begunNs = System.nanoTime();
        Kill kill = null;
        for (int i = from; i < to; i++) {
            if (kills && i == killAt) {
                kill = killLeader();
            }
            traffic.send();
        }
        Readiness.await(
                "receipts for " + to + " messages", deadlineNs, () -> traffic.acknowledged() >= to);
        sendingNs += System.nanoTime() - begunNs;
        if (kill != null) {
            failoverMs.add(kill.failoverMs(deadlineNs));
            progress.accept("new receipts after %d ms".formatted(failoverMs.get(phase)));
            kill.node().process().start();
            awaitLevel("the killed node to return");
        }
    }

    private record Kill(DevnetNode node, long atNs, CompletableFuture<Acknowledged> first) {

        long failoverMs(final long deadlineNs) throws InterruptedException, TimeoutException {
            try {
                final Acknowledged receipt =
                        first.get(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS);
                return TimeUnit.NANOSECONDS.toMillis(receipt.receivedNs() - atNs);
            } catch (final ExecutionException e) {
                throw new IllegalStateException("a receipt never fails", e);
            }
        }
    }

    private Kill killLeader() throws InterruptedException, TimeoutException {
        final DevnetNode leader = awaitLeader();
        final long atNs = System.nanoTime();
        progress.accept(
                "killing the leader %s (process %d) after %d receipts"
                        .formatted(
                                leader.folder().root().getFileName(),
                                leader.process().pid(),
                                traffic.acknowledged()));
        leader.process().kill();
        return new Kill(leader, atNs, traffic.firstReceiptFromNowOn());
    }

    private DevnetNode awaitLeader() throws InterruptedException, TimeoutException {
        final List<DevnetNode> found = new ArrayList<>();
        Readiness.await(
                "a leader",
                deadlineNs,
                () -> {
                    final String leader = readiness.leader(cluster.nodes());
                    cluster.nodes().stream()
                            .filter(node -> node.peerId().equals(leader))
                            .forEach(found::add);
                    return !found.isEmpty();
                });
        return found.get(0);
    }

    private void awaitLevel(final String what) throws InterruptedException, TimeoutException {
        Readiness.await(what, deadlineNs, () -> readiness.isLevel(cluster.nodes()));
    }

    private boolean isLanded(final int messages) {
        return chain.chain().report().landed().values().stream().mapToLong(Map::size).sum()
                >= messages;
    }

    /** Until every node knows that everything is confirmed, more events come. */
    private void awaitConfirmed() throws InterruptedException, TimeoutException {
        for (final DevnetNode node : cluster.nodes()) {
            Readiness.await(
                    "confirmations on " + node.folder().root().getFileName(),
                    deadlineNs,
                    () -> {
                        final JsonNode pending =
                                node.client()
                                        .call("Filecoin.MpoolPending")
                                        .exceptionally(failure -> MissingNode.getInstance())
                                        .join();
                        return pending.isArray() && pending.isEmpty();
                    });
        }
    }

    private DevnetReport audited(final String unfinished) {
        progress.accept("reading the journals and what the chain received");
        final List<JournalFacts> journals =
                cluster.nodes().stream()
                        .map(node -> JournalFacts.read(node.folder().root().resolve("journal")))
                        .toList();
        final Audit audit = new Audit(journals, chain.chain().report());
        if (!unfinished.isEmpty()) {
            audit.note(unfinished);
        }
        traffic.refusals().forEach(refusal -> progress.accept("answered and retried: " + refusal));
        audit.run(traffic.receipts());
        final long perSecond =
                TimeUnit.SECONDS.toNanos(1) * traffic.acknowledged() / Math.max(1, sendingNs);
        return audit.report(traffic.sent(), readyMs, failoverMs, perSecond);
    }
}
