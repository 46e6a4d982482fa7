package io.nelumbo.bench.compare;

import io.nelumbo.bench.peers.Contestant;
import io.nelumbo.bench.peers.LoadOrder;
import io.nelumbo.bench.peers.RunningCluster;
import io.nelumbo.bench.process.WorkFolder;
import io.nelumbo.publisher.load.LoadResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs contestants in turn, A B A B: what drifts on the machine drifts for all of them. Each time
 * its processes are new and warm up first. One thread.
 */
final class Contest {

    private static final double WORTH_WARMING = 1.05;
    private static final int MAX_BATCH_MESSAGES = 1024;
    private static final int WARM_WINDOW = 4;
    private static final int SLICES_WITHOUT_GAIN = 2;
    private static final Duration WARM_SLICE = Duration.ofSeconds(3);

    private final Path parent;
    private final Lengths lengths;
    private final Consumer<String> progress;
    private final Standings standings = new Standings();

    /**
     * How long things take.
     *
     * @param warmUp at most; a contestant that has stopped getting faster is warm
     * @param load each one
     */
    record Lengths(int rounds, Duration warmUp, Duration load) {}

    /**
     * A contest.
     *
     * @param parent a folder on a disk, for what the contestants write
     * @param progress is told what happens now
     */
    Contest(final Path parent, final Lengths lengths, final Consumer<String> progress) {
        this.parent = parent;
        this.lengths = lengths;
        this.progress = progress;
    }

    Standings run(final List<Contestant> contestants) throws IOException {
        for (int round = 1; round <= lengths.rounds(); round++) {
            for (final Contestant contestant : contestants) {
                progress.accept(
                        "round " + round + " of " + lengths.rounds() + ": " + contestant.name());
                play(contestant);
            }
        }
        return standings;
    }

    private void play(final Contestant contestant) throws IOException {
        try (WorkFolder folder = WorkFolder.onDisk(parent);
                RunningCluster cluster = contestant.start(folder.path())) {
            warmUp(contestant, cluster);
            final LoadResult most = record(contestant, cluster, Load.WINDOW);
            record(contestant, cluster, Load.LARGE);
            final double half = Math.max(1, most.achievedPerSecond() / 2);
            record(
                    contestant,
                    cluster,
                    Load.HALF,
                    LoadOrder.open(
                            half,
                            MAX_BATCH_MESSAGES,
                            contestant.shape(Load.HALF.window()),
                            lengths.load().dividedBy(2),
                            lengths.load()));
            record(contestant, cluster, Load.UNLOADED);
        }
    }

    private LoadResult record(
            final Contestant contestant, final RunningCluster cluster, final Load load) {
        return record(
                contestant,
                cluster,
                load,
                closed(contestant, load.window(), lengths.load().dividedBy(2), lengths.load()));
    }

    private LoadResult record(
            final Contestant contestant,
            final RunningCluster cluster,
            final Load load,
            final LoadOrder order) {
        final LoadResult result = cluster.run(order);
        if (result.counts().acknowledged() != result.counts().due()) {
            throw new IllegalStateException(
                    "expected "
                            + contestant.name()
                            + " to acknowledge all messages but was "
                            + result.counts());
        }
        standings.add(contestant.name(), load, result);
        return result;
    }

    /** With few messages in flight: what has to be compiled is run through by calls, not bytes. */
    private void warmUp(final Contestant contestant, final RunningCluster cluster) {
        final long endNs = System.nanoTime() + lengths.warmUp().toNanos();
        double best = 0;
        int withoutGain = 0;
        while (withoutGain < SLICES_WITHOUT_GAIN && System.nanoTime() - endNs < 0) {
            final double rate =
                    cluster.run(closed(contestant, WARM_WINDOW, Duration.ZERO, WARM_SLICE))
                            .achievedPerSecond();
            withoutGain = rate > best * WORTH_WARMING ? 0 : withoutGain + 1;
            best = Math.max(best, rate);
        }
        cluster.run(closed(contestant, Load.WINDOW.window(), Duration.ZERO, lengths.load()));
        progress.accept("  warm: " + Figures.text(best) + " messages/s at 4 in flight");
    }

    private static LoadOrder closed(
            final Contestant contestant,
            final int window,
            final Duration warmUp,
            final Duration duration) {
        return LoadOrder.closed(
                window,
                Math.min(window, MAX_BATCH_MESSAGES),
                contestant.shape(window),
                warmUp,
                duration);
    }
}
