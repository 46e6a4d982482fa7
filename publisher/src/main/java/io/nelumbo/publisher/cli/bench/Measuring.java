package io.nelumbo.publisher.cli.bench;

import io.nelumbo.publisher.cli.bench.BenchReport.Load;
import io.nelumbo.publisher.cli.devnet.DevnetCluster;
import io.nelumbo.publisher.cli.devnet.DevnetNode;
import io.nelumbo.publisher.cli.devnet.JournalFacts;
import io.nelumbo.publisher.cli.devnet.Readiness;
import io.nelumbo.publisher.jsonrpc.JsonRpcClient;
import io.nelumbo.publisher.load.BatchPushTarget;
import io.nelumbo.publisher.load.Latency;
import io.nelumbo.publisher.load.LoadGenerator;
import io.nelumbo.publisher.load.LoadPlan;
import io.nelumbo.publisher.load.LoadResult;
import io.nelumbo.publisher.load.Pace;
import io.nelumbo.publisher.load.Pace.ClosedLoop;
import io.nelumbo.publisher.load.Pace.OpenLoop;
import io.nelumbo.publisher.load.PushTarget;
import io.nelumbo.publisher.load.Target;
import io.nelumbo.publisher.load.Transfers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Owned by one thread. The loads of a bench, each behind the other, all through the leader: what
 * needs a quiet cluster comes first.
 */
final class Measuring {
    private static final Duration DISK_DURATION = Duration.ofSeconds(2);

    /** Of each load, for itself. */
    private static final Duration WARM_UP = Duration.ofSeconds(2);

    private static final int MAX_IN_FLIGHT = 4096;
    private static final int BATCHES_IN_FLIGHT = 10;
    private static final long PATIENCE_S = 120;

    private final BenchOptions options;
    private final DevnetCluster cluster;
    private final Consumer<String> progress;
    private final Readiness readiness = new Readiness();
    private final Receipts receipts = new Receipts();
    private final List<Load> loads = new ArrayList<>();

    Measuring(
            final BenchOptions options,
            final DevnetCluster cluster,
            final Consumer<String> progress) {
        this.options = options;
        this.cluster = cluster;
        this.progress = progress;
    }

    BenchReport run() throws IOException, InterruptedException, TimeoutException {
        progress.accept("the disk under " + options.folder());
        final Latency disk = DiskProbe.run(options.folder(), DISK_DURATION);
        progress.accept("three nodes start");
        cluster.startAll();
        await("the nodes to be ready", () -> readiness.isLevel(cluster.nodes()));
        final JsonRpcClient leader = leader().client();
        progress.accept("warming up");
        warmUp(leader);
        await("the warm-up's messages to be on the chain", () -> isPoolEmpty(leader));
        load("oneAtATime", "one at a time", singly(leader), closed(1, WARM_UP));
        final LoadResult most =
                load(
                        "single",
                        "single calls, " + options.window() + " in flight",
                        singly(leader),
                        closed(options.window(), WARM_UP));
        final OpenLoop half =
                new OpenLoop(Math.max(1, most.achievedPerSecond() / 2), MAX_IN_FLIGHT);
        load("half", "the same at half that rate", singly(leader), plan(half, WARM_UP));
        load(
                "batches",
                "batches of " + options.batchMessages(),
                inBatches(leader),
                batches(WARM_UP, options.duration()));
        return new BenchReport(disk, List.copyOf(loads), verdict());
    }

    /** Batches run the most code in a given time; single calls run some that batches do not. */
    private void warmUp(final JsonRpcClient leader) throws InterruptedException {
        final Duration half = options.warmUp().dividedBy(2);
        final LoadResult batches = run(inBatches(leader), batches(Duration.ZERO, half));
        final LoadResult single =
                run(
                        singly(leader),
                        LoadPlan.of(new ClosedLoop(options.window()), Duration.ZERO, half));
        progress.accept(
                "%,d messages in batches and %,d single ones"
                        .formatted(
                                batches.counts().acknowledged(), single.counts().acknowledged()));
    }

    private LoadResult load(
            final String name, final String title, final Target target, final LoadPlan plan)
            throws InterruptedException {
        progress.accept(title);
        final LoadResult result = run(target, plan);
        loads.add(new Load(name, title, result));
        return result;
    }

    private static LoadResult run(final Target target, final LoadPlan plan)
            throws InterruptedException {
        return LoadGenerator.run(plan, target);
    }

    private Target singly(final JsonRpcClient node) {
        return new PushTarget(List.of(node::call), messages(), receipts);
    }

    private Target inBatches(final JsonRpcClient node) {
        return new BatchPushTarget(List.of(node::call), messages(), receipts);
    }

    private LoadPlan batches(final Duration warmUp, final Duration duration) {
        final int window = BATCHES_IN_FLIGHT * options.batchMessages();
        return LoadPlan.of(new ClosedLoop(window), warmUp, duration)
                .withBatches(options.batchMessages());
    }

    /** Under request ids of its own. */
    private Transfers messages() {
        return new Transfers(cluster.accounts(), 0, System.nanoTime());
    }

    private LoadPlan closed(final int window, final Duration warmUp) {
        return plan(new ClosedLoop(window), warmUp);
    }

    private LoadPlan plan(final Pace pace, final Duration warmUp) {
        return LoadPlan.of(pace, warmUp, options.duration());
    }

    private DevnetNode leader() throws InterruptedException {
        final String peerId = readiness.leader(cluster.nodes());
        return cluster.nodes().stream()
                .filter(node -> node.peerId().equals(peerId))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no node is the leader " + peerId));
    }

    private static boolean isPoolEmpty(final JsonRpcClient node) {
        return node.call("Filecoin.MpoolPending").join().isEmpty();
    }

    /** Of all nodes, when each has applied what was acknowledged. */
    private Verdict verdict() throws InterruptedException, TimeoutException {
        progress.accept("holding the receipts against the journals");
        long last = 0;
        for (final DevnetNode node : cluster.nodes()) {
            last = Math.max(last, applied(node));
        }
        for (final DevnetNode node : cluster.nodes()) {
            final long enough = last;
            await("every node to catch up", () -> applied(node) >= enough);
        }
        Bench.stop(cluster);
        return Verdict.of(
                receipts.all(),
                cluster.nodes().stream()
                        .map(node -> JournalFacts.read(node.folder().root().resolve("journal")))
                        .toList());
    }

    private long applied(final DevnetNode node) throws InterruptedException {
        return readiness.of(node).path("appliedIndex").asLong(-1);
    }

    private static void await(final String what, final Readiness.Condition condition)
            throws InterruptedException, TimeoutException {
        Readiness.await(what, System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S), condition);
    }
}
