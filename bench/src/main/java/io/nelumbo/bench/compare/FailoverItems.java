package io.nelumbo.bench.compare;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Item 5: from kill -9 of the leader to the first receipt of a request that was sent after it.
 * Three whole nodes and a chain; the killed one returns before the next is killed, and the receipts
 * are held against journals and chain at the end.
 */
final class FailoverItems {

    private static final String COMMAND = "bench/bin/compare --only failover";
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final double MS_PER_S = 1000;
    private static final int MESSAGES_PER_KILL = 2_000;

    private final OperatorCommand nelumbo;
    private final int kills;

    /** A measurement of so many kills. */
    FailoverItems(final OperatorCommand nelumbo, final int kills) {
        this.nelumbo = nelumbo;
        this.kills = kills;
    }

    /**
     * Runs it.
     *
     * @param folder for the nodes' folders; it is not there yet
     */
    List<Item> items(final Path folder) throws InterruptedException {
        try {
            return items(
                    nelumbo.answer(
                            PATIENCE,
                            "devnet",
                            "--keep",
                            folder.toString(),
                            "--messages",
                            String.valueOf(MESSAGES_PER_KILL * (kills + 1)),
                            "--kill-leader",
                            String.valueOf(kills),
                            "--deadline-s",
                            String.valueOf(PATIENCE.toSeconds())));
        } catch (final IOException e) {
            final String why = Turn.firstLine(e);
            return List.of(
                    Item.missing(5, name("p50"), "s", Goal.figureAtMost(1), why, COMMAND),
                    Item.missing(5, name("slowest"), "s", Goal.figureAtMost(2), why, COMMAND));
        }
    }

    /** Of what {@code nelumbo devnet --json} answered. */
    static List<Item> items(final JsonNode report) {
        final List<Double> seconds = new ArrayList<>();
        report.path("failoverMs").forEach(ms -> seconds.add(ms.asDouble() / MS_PER_S));
        final Series all = new Series(seconds);
        final String kills = all.samples().size() + " kills";
        return List.of(
                new Item(5, name("p50"), all, "s", null, Goal.figureAtMost(1), kills, COMMAND),
                new Item(
                        5,
                        name("slowest"),
                        Series.of(all.max()),
                        "s",
                        null,
                        Goal.figureAtMost(2),
                        kills + ": a p99 needs a hundred",
                        COMMAND));
    }

    private static String name(final String what) {
        return "kill -9 of the leader to the next receipt, " + what;
    }
}
