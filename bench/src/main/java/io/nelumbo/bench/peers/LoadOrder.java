package io.nelumbo.bench.peers;

import io.nelumbo.publisher.load.LoadPlan;
import io.nelumbo.publisher.load.Pace;
import java.time.Duration;
import java.util.Locale;

/**
 * One load for a client process, as it is told in a line.
 *
 * @param shape how the contestant's client batches, in the contestant's own words; {@code -} if it
 *     has no such choice
 */
public record LoadOrder(LoadPlan plan, String shape) {

    /** Of contestants that have no choice. */
    public static final String NO_SHAPE = "-";

    private static final int FIELDS = 7;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    public LoadOrder {
        if (shape.isBlank() || shape.contains(" ")) {
            throw new IllegalArgumentException("expected a shape of one word but was " + shape);
        }
    }

    /** With this many messages in flight, all the time. */
    public static LoadOrder closed(
            final int window,
            final int maxBatchMessages,
            final String shape,
            final Duration warmUp,
            final Duration duration) {
        return new LoadOrder(
                new LoadPlan(
                        new Pace.ClosedLoop(window), maxBatchMessages, warmUp, duration, PATIENCE),
                shape);
    }

    /** At a rate, whatever the system does. */
    public static LoadOrder open(
            final double perSecond,
            final int maxBatchMessages,
            final String shape,
            final Duration warmUp,
            final Duration duration) {
        return new LoadOrder(
                new LoadPlan(
                        new Pace.OpenLoop(perSecond, Pace.MAX_IN_FLIGHT),
                        maxBatchMessages,
                        warmUp,
                        duration,
                        PATIENCE),
                shape);
    }

    /** The line, which {@link #parse} reads back. */
    public String text() {
        final String pace =
                plan.pace() instanceof Pace.OpenLoop open
                        ? String.format(
                                Locale.ROOT, "open %f %d", open.perSecond(), open.maxInFlight())
                        : "closed " + ((Pace.ClosedLoop) plan.pace()).window() + " 0";
        return String.join(
                " ",
                pace,
                String.valueOf(plan.maxBatchMessages()),
                String.valueOf(plan.warmUp().toMillis()),
                String.valueOf(plan.duration().toMillis()),
                shape);
    }

    /** Reads what {@link #text} wrote. */
    public static LoadOrder parse(final String text) {
        final String[] fields = text.split(" ", -1);
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException("expected a load order but was '" + text + "'");
        }
        final int batch = Integer.parseInt(fields[3]);
        final Duration warmUp = Duration.ofMillis(Long.parseLong(fields[4]));
        final Duration duration = Duration.ofMillis(Long.parseLong(fields[5]));
        final Pace pace =
                fields[0].equals("open")
                        ? new Pace.OpenLoop(
                                Double.parseDouble(fields[1]), Integer.parseInt(fields[2]))
                        : new Pace.ClosedLoop(Integer.parseInt(fields[1]));
        return new LoadOrder(new LoadPlan(pace, batch, warmUp, duration, PATIENCE), fields[6]);
    }
}
