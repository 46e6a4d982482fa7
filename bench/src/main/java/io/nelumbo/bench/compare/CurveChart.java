package io.nelumbo.bench.compare;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * Percentile curves as SVG: to the right the share of messages, each step ten times as close to all
 * of them; upwards the latency, each step ten times as long. Stateless.
 */
final class CurveChart {

    private static final int WIDTH = 860;
    private static final int HEIGHT = 360;
    private static final int LEFT = 64;
    private static final int RIGHT = 36;
    private static final int TOP = 36;
    private static final int BOTTOM = 40;
    private static final int LEGEND_WIDTH = 110;
    private static final int TICKS = 5;

    /** 99.99 % */
    private static final int NINES = 4;

    private static final double NS_PER_MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final List<String> COLOURS = List.of("#0969da", "#bf3989", "#9a6700", "#1a7f37");
    private static final List<String> SHARES = List.of("0", "90 %", "99 %", "99.9 %", "99.99 %");

    private CurveChart() {}

    /**
     * One line.
     *
     * @param colour the same number is the same colour in each chart
     * @param latency in nanoseconds, with something in it
     */
    record Curve(String name, int colour, Histogram latency) {}

    static String svg(final List<Curve> curves) {
        final double lowest =
                Math.floor(
                        curves.stream()
                                .mapToDouble(curve -> log(curve.latency().getMinNonZeroValue()))
                                .min()
                                .orElseThrow());
        final double highest =
                Math.max(
                        lowest + 1,
                        Math.ceil(
                                curves.stream()
                                        .mapToDouble(c -> log(c.latency().getMaxValue()))
                                        .max()
                                        .orElseThrow()));
        final StringBuilder svg = new StringBuilder();
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"latency by percentile\">%n",
                        WIDTH,
                        HEIGHT));
        grid(svg, lowest, highest);
        for (int n = 0; n < curves.size(); n++) {
            curve(svg, curves.get(n), n, lowest, highest);
        }
        return svg.append("</svg>\n").toString();
    }

    private static void grid(final StringBuilder svg, final double lowest, final double highest) {
        for (int nines = 0; nines <= NINES; nines++) {
            line(svg, x(nines), TOP, x(nines), HEIGHT - BOTTOM);
            text(svg, x(nines), HEIGHT - BOTTOM + 18, "middle", SHARES.get(nines));
        }
        for (double power = lowest; power <= highest; power++) {
            final double y = y(power, lowest, highest);
            line(svg, LEFT, y, WIDTH - RIGHT, y);
            text(svg, LEFT - 8, y + 4, "end", label(power));
        }
    }

    private static void curve(
            final StringBuilder svg,
            final Curve curve,
            final int position,
            final double lowest,
            final double highest) {
        final String colour = COLOURS.get(curve.colour() % COLOURS.size());
        final StringBuilder points = new StringBuilder();
        for (final HistogramIterationValue point : curve.latency().percentiles(TICKS)) {
            final double nines = -Math.log10(1 - point.getPercentileLevelIteratedTo() / 100);
            if (nines <= NINES && point.getValueIteratedTo() > 0) {
                points.append(
                        String.format(
                                Locale.ROOT,
                                "%.1f,%.1f ",
                                x(nines),
                                y(log(point.getValueIteratedTo()), lowest, highest)));
            }
        }
        svg.append("<polyline class=\"curve\" stroke=\"")
                .append(colour)
                .append("\" points=\"")
                .append(points.toString().stripTrailing())
                .append("\"/>\n");
        final double legendX = LEFT + 12 + position * LEGEND_WIDTH;
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<rect x=\"%.1f\" y=\"%d\" width=\"14\" height=\"4\" fill=\"%s\"/>%n",
                        legendX,
                        TOP - 20,
                        colour));
        text(svg, legendX + 20, TOP - 14, "start", curve.name());
    }

    private static void line(
            final StringBuilder svg,
            final double fromX,
            final double fromY,
            final double toX,
            final double toY) {
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<line class=\"grid\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
                        fromX,
                        fromY,
                        toX,
                        toY));
    }

    private static void text(
            final StringBuilder svg,
            final double x,
            final double y,
            final String anchor,
            final String text) {
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
                        x,
                        y,
                        anchor,
                        CurvePage.escaped(text)));
    }

    private static double x(final double nines) {
        return LEFT + (WIDTH - LEFT - RIGHT) * nines / NINES;
    }

    private static double y(final double power, final double lowest, final double highest) {
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (power - lowest) / (highest - lowest);
    }

    private static double log(final long ns) {
        return Math.log10(ns / NS_PER_MS);
    }

    private static String label(final double power) {
        return power < 0
                ? String.format(Locale.ROOT, "%." + (int) -power + "f ms", Math.pow(10, power))
                : String.format(Locale.ROOT, "%,.0f ms", Math.pow(10, power));
    }
}
