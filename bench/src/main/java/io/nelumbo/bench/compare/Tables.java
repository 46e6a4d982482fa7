package io.nelumbo.bench.compare;

import io.nelumbo.publisher.load.LoadResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What people read on a terminal: aligned columns. Stateless. */
final class Tables {

    private static final double US_PER_MS = 1000;
    private static final String UNKNOWN = "–";

    private Tables() {}

    /** One line for each contestant and load, medians with their spread; below, what was none. */
    static String of(final Standings standings) {
        final List<List<String>> rows = new ArrayList<>();
        rows.add(
                List.of(
                        "contestant",
                        "load",
                        "offered/s",
                        "messages/s",
                        "p50 ms",
                        "p99 ms",
                        "p99.9 ms"));
        for (final Load load : Load.values()) {
            for (final String contestant : standings.contestants()) {
                rows.add(
                        List.of(
                                contestant,
                                load.title(),
                                offered(standings, contestant, load),
                                text(standings, contestant, load, LoadResult::achievedPerSecond),
                                text(standings, contestant, load, r -> ms(r.latency().p50Us())),
                                text(standings, contestant, load, r -> ms(r.latency().p99Us())),
                                text(standings, contestant, load, r -> ms(r.latency().p999Us()))));
            }
        }
        final StringBuilder text = new StringBuilder(align(rows));
        for (final Standings.Fault fault : standings.faults()) {
            text.append("  invalid: ").append(fault).append('\n');
        }
        return text.toString();
    }

    /** One line for each comparison, with what is to be known about it below. */
    static String of(final List<Item> items) {
        final List<List<String>> rows = new ArrayList<>();
        rows.add(
                List.of(
                        "item",
                        "what",
                        "figure",
                        "peer",
                        "its figure",
                        "ratio",
                        "goal",
                        "reached"));
        for (final Item item : items) {
            rows.add(row(item));
        }
        final StringBuilder text = new StringBuilder(align(rows));
        for (final Item item : items) {
            if (!item.reason().isEmpty()) {
                text.append("  ")
                        .append(item.item())
                        .append(", ")
                        .append(item.name())
                        .append(": ")
                        .append(item.reason())
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static List<String> row(final Item item) {
        final Item.Peer peer = item.peer();
        final Goal goal = item.goal();
        final Series figure = item.figure();
        return List.of(
                String.valueOf(item.item()),
                item.name(),
                figure == null ? UNKNOWN : Figures.text(figure) + " " + item.unit(),
                peer == null ? "" : ItemJson.nameOf(peer),
                peer == null ? "" : Figures.text(peer.figure()),
                text(item.ratio()),
                goal == null ? "" : goal.text(item.unit()),
                reached(item.reached()));
    }

    private static String text(final @Nullable Double ratio) {
        return ratio == null ? "" : Figures.text(ratio);
    }

    private static String reached(final @Nullable Boolean reached) {
        if (reached == null) {
            return UNKNOWN;
        }
        return reached ? "yes" : "no";
    }

    /** Of an open loop. */
    private static String offered(
            final Standings standings, final String contestant, final Load load) {
        final Series series = standings.series(contestant, load, LoadResult::offeredPerSecond);
        return series == null || series.max() == 0 ? "" : Figures.text(series);
    }

    private static String text(
            final Standings standings,
            final String contestant,
            final Load load,
            final ToDoubleFunction<LoadResult> figure) {
        final Series series = standings.series(contestant, load, figure);
        return series == null ? UNKNOWN : Figures.text(series);
    }

    private static double ms(final double us) {
        return us / US_PER_MS;
    }

    static String align(final List<List<String>> rows) {
        final int[] widths = new int[rows.get(0).size()];
        for (final List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        final StringBuilder text = new StringBuilder();
        for (final List<String> row : rows) {
            final StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                final char[] padding = new char[widths[column] - row.get(column).length() + 2];
                Arrays.fill(padding, ' ');
                line.append(row.get(column)).append(padding);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
