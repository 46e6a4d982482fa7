package io.nelumbo.bench.compare;

import io.nelumbo.bench.cluster.MemberTerm;
import io.nelumbo.bench.cluster.NelumboContestant;
import io.nelumbo.bench.peers.LoadOrder;
import io.nelumbo.bench.peers.RunningCluster;
import io.nelumbo.bench.process.WorkFolder;
import io.nelumbo.publisher.load.LoadResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Item 5, its other half: three members of ours under full load for minutes, and whether they ever
 * vote meanwhile. Nobody is killed, so there is no reason to. One thread.
 */
final class SteadyItems {

    private static final String COMMAND = "bench/bin/compare --only steady";
    private static final String ELECTIONS = "spurious elections under full load";
    private static final Goal NONE = Goal.figureAtMost(0);
    private static final double SECOND_US = TimeUnit.SECONDS.toMicros(1);
    private static final double MINUTE_S = 60;

    /** A slice of the load writes some gigabytes; a disk that fills is another measurement. */
    private static final long LEAST_FREE_BYTES = 8L << 30;

    private final int slices;
    private final Duration slice;
    private final Consumer<String> progress;

    /**
     * A measurement.
     *
     * @param slices so many loads, one right after the other: between two it is seen what was so
     *     far
     * @param slice the length of each
     */
    SteadyItems(final int slices, final Duration slice, final Consumer<String> progress) {
        this.slices = slices;
        this.slice = slice;
        this.progress = progress;
    }

    /**
     * Runs it.
     *
     * @param parent a folder on a disk
     */
    List<Item> items(final Path parent) throws IOException {
        try (WorkFolder work = WorkFolder.onDisk(parent);
                RunningCluster cluster =
                        new NelumboContestant(CompareCommand.MESSAGE_BYTES).start(work.path())) {
            final MemberTerm before = highest(cluster);
            final List<LoadResult> loads = new ArrayList<>();
            do {
                loads.add(cluster.run(load()));
                progress.accept("  " + text(loads) + "; " + highest(cluster));
            } while (loads.size() < slices && hasRoom(work.path()));
            return items(before, highest(cluster), loads, slices);
        } catch (final IllegalStateException e) {
            progress.accept("  " + e.getMessage());
            return List.of(
                    Item.missing(5, ELECTIONS, "elections", NONE, Turn.firstLine(e), COMMAND));
        }
    }

    /**
     * What it came to.
     *
     * @param before the highest term and epoch that a member knew
     * @param after likewise, at the end
     * @param loads at least one
     * @param wanted so many loads were to run
     */
    static List<Item> items(
            final MemberTerm before,
            final MemberTerm after,
            final List<LoadResult> loads,
            final int wanted) {
        final Series longest =
                new Series(loads.stream().map(load -> load.latency().maxUs() / SECOND_US).toList());
        final long elections = after.term() - before.term();
        final String reason =
                text(loads) + ", " + (after.epoch() - before.epoch()) + " epochs opened";
        final Item waiting =
                new Item(
                        5,
                        "longest wait for a receipt under full load",
                        Series.of(longest.max()),
                        "s",
                        null,
                        null,
                        reason,
                        COMMAND);
        if (loads.size() < wanted) {
            final String cut = "the disk is too full for more: " + elections + " in " + reason;
            return List.of(Item.missing(5, ELECTIONS, "elections", NONE, cut, COMMAND), waiting);
        }
        return List.of(
                new Item(
                        5,
                        ELECTIONS,
                        Series.of((double) elections),
                        "elections",
                        null,
                        NONE,
                        reason,
                        COMMAND),
                waiting);
    }

    private LoadOrder load() {
        return LoadOrder.closed(
                Load.WINDOW.window(),
                Load.WINDOW.window(),
                LoadOrder.NO_SHAPE,
                Duration.ZERO,
                slice);
    }

    /** A member that was cut off may not know it yet. */
    private static MemberTerm highest(final RunningCluster cluster) {
        return cluster.members().stream()
                .map(MemberTerm::ask)
                .max(Comparator.comparingLong(MemberTerm::term))
                .orElseThrow();
    }

    private static boolean hasRoom(final Path folder) throws IOException {
        return Files.getFileStore(folder).getUsableSpace() > LEAST_FREE_BYTES;
    }

    private static String text(final List<LoadResult> loads) {
        final double seconds = loads.stream().mapToDouble(LoadResult::seconds).sum();
        final long due = loads.stream().mapToLong(load -> load.counts().due()).sum();
        final long acknowledged =
                loads.stream().mapToLong(load -> load.counts().acknowledged()).sum();
        return Figures.text(seconds / MINUTE_S)
                + " min of "
                + Load.WINDOW.title()
                + ", "
                + Figures.text(acknowledged / seconds)
                + " messages/s, "
                + (due - acknowledged)
                + " not acknowledged";
    }
}
