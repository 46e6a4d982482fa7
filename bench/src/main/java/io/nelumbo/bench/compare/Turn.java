package io.nelumbo.bench.compare;

import io.nelumbo.bench.peers.Contestant;
import io.nelumbo.bench.peers.LoadOrder;
import io.nelumbo.publisher.load.LoadResult;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one contestant gets in one round: its warm-up and each load once. A load that was not
 * acknowledged whole counts as a fault and not as a figure, and the next one runs. One thread.
 */
final class Turn {

    private static final int MAX_BATCH_MESSAGES = 1024;
    private static final int FEW = 4;

    private final Contestant contestant;
    private final Cluster cluster;
    private final Lengths lengths;
    private final Standings standings;
    private final Consumer<String> progress;
    private final Set<Load> left = EnumSet.allOf(Load.class);

    /** What runs a load, and throws {@link IllegalStateException} when it cannot any more. */
    @FunctionalInterface
    interface Cluster {
        LoadResult run(LoadOrder order);
    }

    Turn(
            final Contestant contestant,
            final Cluster cluster,
            final Lengths lengths,
            final Standings standings,
            final Consumer<String> progress) {
        this.contestant = contestant;
        this.cluster = cluster;
        this.lengths = lengths;
        this.standings = standings;
        this.progress = progress;
    }

    void play() {
        try {
            warmUp();
            final @Nullable LoadResult window = closed(Load.WINDOW);
            final @Nullable LoadResult large = closed(Load.LARGE);
            half(window, large);
            ourHalf();
            closed(Load.UNLOADED);
        } catch (final IllegalStateException | UncheckedIOException e) {
            progress.accept("  " + e.getMessage());
            for (final Load load : left) {
                standings.fault(contestant.name(), load, firstLine(e));
            }
        }
    }

    /** Without what a process complained of. */
    static String firstLine(final Exception failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    /**
     * With few messages in flight, with many, and with the most, in turn: the first runs through
     * what has to be compiled by calls, the others by bytes and by batches of the sizes that are
     * measured.
     */
    private void warmUp() {
        final Duration slice = lengths.warmUpSlice();
        double first = 0;
        double last = 0;
        for (long turn = 0; turn < lengths.warmUpTurns(); turn++) {
            last = warmUp(FEW, slice);
            first = turn == 0 ? last : first;
            final double unusedWindow = warmUp(Load.WINDOW.window(), slice);
            final double unusedLarge = warmUp(Load.LARGE.window(), slice);
        }
        progress.accept(
                "  "
                        + lengths.warmUp().toSeconds()
                        + " s of warm-up: from "
                        + Figures.text(first)
                        + " to "
                        + Figures.text(last)
                        + " messages/s at "
                        + FEW
                        + " in flight");
    }

    private double warmUp(final int window, final Duration slice) {
        final LoadResult result = cluster.run(closed(window, Duration.ZERO, slice));
        if (!isWhole(result)) {
            standings.fault(
                    contestant.name(), null, "warm-up, " + window + " in flight: " + text(result));
        }
        return result.achievedPerSecond();
    }

    private @Nullable LoadResult closed(final Load load) {
        return record(load, closed(load.window(), lengths.load().dividedBy(2), lengths.load()));
    }

    /** Half of the most, in the shape that it was reached with. */
    private void half(final @Nullable LoadResult window, final @Nullable LoadResult large) {
        final double most = Math.max(rate(window), rate(large));
        if (most == 0) {
            left.remove(Load.HALF);
            standings.fault(
                    contestant.name(), Load.HALF, "no load says what half of the most would be");
            return;
        }
        final Load fastest = most == rate(window) ? Load.WINDOW : Load.LARGE;
        final @Nullable LoadResult result = record(Load.HALF, open(most / 2, fastest));
        if (isOurs()) {
            left.remove(Load.OUR_HALF);
            if (result != null) {
                standings.add(contestant.name(), Load.OUR_HALF, result);
            }
        }
    }

    /** The rate of ours in this round; nothing when ours did not run. */
    private void ourHalf() {
        final List<LoadResult> ours = standings.of(ClusterItems.OURS, Load.HALF);
        left.remove(Load.OUR_HALF);
        if (!isOurs() && !ours.isEmpty()) {
            record(
                    Load.OUR_HALF,
                    open(ours.get(ours.size() - 1).offeredPerSecond(), Load.OUR_HALF));
        }
    }

    private @Nullable LoadResult record(final Load load, final LoadOrder order) {
        final LoadResult result = cluster.run(order);
        left.remove(load);
        if (!isWhole(result)) {
            standings.fault(contestant.name(), load, text(result));
            progress.accept("  " + load.title() + ", invalid: " + text(result));
            return null;
        }
        standings.add(contestant.name(), load, result);
        return result;
    }

    private LoadOrder closed(final int window, final Duration warmUp, final Duration duration) {
        return LoadOrder.closed(
                window,
                Math.min(window, MAX_BATCH_MESSAGES),
                contestant.shape(window),
                warmUp,
                duration);
    }

    private LoadOrder open(final double perSecond, final Load shape) {
        return LoadOrder.open(
                Math.max(1, perSecond),
                MAX_BATCH_MESSAGES,
                contestant.shape(shape.window()),
                lengths.load().dividedBy(2),
                lengths.load());
    }

    private boolean isOurs() {
        return contestant.name().equals(ClusterItems.OURS);
    }

    private static double rate(final @Nullable LoadResult result) {
        return result == null ? 0 : result.achievedPerSecond();
    }

    private static boolean isWhole(final LoadResult result) {
        return result.counts().acknowledged() > 0
                && result.counts().acknowledged() == result.counts().due();
    }

    private static String text(final LoadResult result) {
        return "expected all messages to be acknowledged but was " + result.counts();
    }
}
