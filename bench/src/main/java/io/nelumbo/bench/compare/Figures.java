package io.nelumbo.bench.compare;

import java.util.Locale;

/** Numbers as people read them: three digits that count. Stateless. */
final class Figures {

    private static final double WHOLE_FROM = 100;
    private static final double ONE_DIGIT_FROM = 10;

    private Figures() {}

    static String text(final double figure) {
        final double size = Math.abs(figure);
        if (size >= WHOLE_FROM) {
            return String.format(Locale.ROOT, "%,.0f", figure);
        }
        return String.format(Locale.ROOT, size >= ONE_DIGIT_FROM ? "%.1f" : "%.2f", figure);
    }

    /** With its spread, if there is one. */
    static String text(final Series series) {
        final String median = text(series.median());
        return series.samples().size() == 1
                ? median
                : median + " (" + text(series.min()) + "–" + text(series.max()) + ")";
    }
}
