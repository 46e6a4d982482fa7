package io.nelumbo.bench.compare;

import java.util.Locale;

/**
 * What is to be reached.
 *
 * @param against what the bound is for
 * @param atLeast whether the bound is the least or the most
 */
record Goal(Against against, boolean atLeast, double bound) {

    enum Against {
        FIGURE,
        RATIO
    }

    static Goal figureAtLeast(final double bound) {
        return new Goal(Against.FIGURE, true, bound);
    }

    static Goal figureAtMost(final double bound) {
        return new Goal(Against.FIGURE, false, bound);
    }

    /** Of our figure to the peer's. */
    static Goal ratioAtLeast(final double bound) {
        return new Goal(Against.RATIO, true, bound);
    }

    /** Of our figure to the peer's. */
    static Goal ratioAtMost(final double bound) {
        return new Goal(Against.RATIO, false, bound);
    }

    boolean reachedBy(final double value) {
        return atLeast ? value >= bound : value <= bound;
    }

    /** As people write it. */
    String text(final String unit) {
        return (atLeast ? "≥ " : "≤ ")
                + (against == Against.RATIO
                        ? String.format(Locale.ROOT, "%.2f ×", bound)
                        : Figures.text(bound) + " " + unit);
    }
}
