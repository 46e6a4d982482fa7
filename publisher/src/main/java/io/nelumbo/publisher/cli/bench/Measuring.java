package io.nelumbo.publisher.cli.bench;

import io.nelumbo.publisher.cli.bench.BenchReport.Load;
import io.nelumbo.publisher.cli.devnet.DevnetCluster;
import io.nelumbo.publisher.cli.devnet.DevnetNode;
import io.nelumbo.publisher.cli.devnet.JournalScan;
import io.nelumbo.publisher.cli.devnet.Readiness;
import io.nelumbo.publisher.jsonrpc.JsonRpcClient;
import io.nelumbo.publisher.load.BatchPushTarget;
import io.nelumbo.publisher.load.DiskProbe;
import io.nelumbo.publisher.load.Latency;
import io.nelumbo.publisher.load.LoadGenerator;
import io.nelumbo.publisher.load.LoadPlan;
import io.nelumbo.publisher.load.LoadResult;
import io.nelumbo.publisher.load.Pace;
import io.nelumbo.publisher.load.Pace.ClosedLoop;
import io.nelumbo.publisher.load.Pace.OpenLoop;
import io.nelumbo.publisher.load.PushTarget;
import io.nelumbo.publisher.load.RealDisk;
import io.nelumbo.publisher.load.Target;
import io.nelumbo.publisher.load.Transfers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
    private final Path folder;
    private final DevnetCluster cluster;
    private final Consumer<String> progress;
    private final Readiness readiness = new Readiness();
    private final Receipts receipts = new Receipts();
    private final List<Load> loads = new ArrayList<>();
    private final CountedTarget.Allowance allowance =
            new CountedTarget.Allowance(BenchOptions.MAX_MESSAGES);

    Measuring(
            final BenchOptions options,
            final Path folder,
            final DevnetCluster cluster,
            final Consumer<String> progress) {
        this.options = options;
        this.folder = folder;
        this.cluster = cluster;
        this.progress = progress;
    }

    BenchReport run() throws IOException, InterruptedException, TimeoutException, BenchStopped {
        final String fileSystem = RealDisk.under(folder);
        progress.accept("the disk under " + folder + " (" + fileSystem + ")");
        final Latency disk = DiskProbe.run(folder, DISK_DURATION);
        progress.accept("three nodes start");
        cluster.startAll();
        await("the nodes to be ready", () -> readiness.isLevel(cluster.nodes()));
        try {
            progress.accept("warming up");
            warmUp(leader());
            measure();
        } catch (final CountedTarget.UsedUp e) {
            throw new BenchStopped(
                    "one bench sends %,d messages at most, and they were used up: ask for fewer"
                                    .formatted(BenchOptions.MAX_MESSAGES)
                            + " --seconds or a shorter --warm-up; no message was held against the"
                            + " journals");
        }
        return new BenchReport(fileSystem, disk, List.copyOf(loads), verdict());
    }

    private void measure() throws InterruptedException, TimeoutException {
        load("oneAtATime", "one at a time", this::singly, closed(1, WARM_UP));
        final LoadResult most =
                load(
                        "single",
                        "single calls, " + options.window() + " in flight",
                        this::singly,
                        closed(options.window(), WARM_UP));
        final OpenLoop half =
                new OpenLoop(Math.max(1, most.achievedPerSecond() / 2), MAX_IN_FLIGHT);
        load("half", "the same at half that rate", this::singly, plan(half, WARM_UP));
        load(
                "batches",
                "batches of " + options.batchMessages(),
                this::inBatches,
                batches(WARM_UP, options.duration()));
    }

    /** Batches run the most code in a given time; single calls run some that batches do not. */
    private void warmUp(final DevnetNode leader) throws InterruptedException {
        final Duration half = options.warmUp().dividedBy(2);
        final LoadResult batches =
                LoadGenerator.run(
                        batches(Duration.ZERO, half), counted(inBatches(leader.client())));
        final LoadResult single =
                LoadGenerator.run(
                        LoadPlan.of(new ClosedLoop(options.window()), Duration.ZERO, half),
                        counted(singly(leader.client())));
        progress.accept(
                "%,d messages in batches and %,d single ones"
                        .formatted(
                                batches.counts().acknowledged(), single.counts().acknowledged()));
    }

    /** At the leader, with nothing in its pool. */
    private LoadResult load(
            final String name,
            final String title,
            final Function<JsonRpcClient, Target> target,
            final LoadPlan plan)
            throws InterruptedException, TimeoutException {
        final DevnetNode before = leader();
        await("the messages before to be on the chain", () -> isPoolEmpty(before.client()));
        progress.accept(title);
        final LoadResult result = LoadGenerator.run(plan, counted(target.apply(before.client())));
        final boolean sameLeader = leader().peerId().equals(before.peerId());
        loads.add(new Load(name, title, result, sameLeader));
        return result;
    }

    private Target counted(final Target target) {
        return new CountedTarget(target, allowance);
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

    /** Waits for one, because there may be an election. */
    private DevnetNode leader() throws InterruptedException, TimeoutException {
        final AtomicReference<@Nullable DevnetNode> found = new AtomicReference<>();
        await(
                "a leader",
                () -> {
                    final String peerId = readiness.leader(cluster.nodes());
                    cluster.nodes().stream()
                            .filter(node -> node.peerId().equals(peerId))
                            .forEach(found::set);
                    return found.get() != null;
                });
        return Objects.requireNonNull(found.get());
    }

    /** A node that does not answer is asked again. */
    private static boolean isPoolEmpty(final JsonRpcClient node) {
        return node.call("Filecoin.MpoolPending")
                .handle((pending, failure) -> failure == null && pending.isEmpty())
                .join();
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
        final Judge judge = new Judge(receipts);
        for (final DevnetNode node : cluster.nodes()) {
            final Path journal = node.folder().root().resolve("journal");
            judge.hold(reader -> JournalScan.read(journal, reader));
        }
        return judge.verdict();
    }

    private long applied(final DevnetNode node) throws InterruptedException {
        return readiness.of(node).path("appliedIndex").asLong(-1);
    }

    private static void await(final String what, final Readiness.Condition condition)
            throws InterruptedException, TimeoutException {
        Readiness.await(what, System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S), condition);
    }
}
