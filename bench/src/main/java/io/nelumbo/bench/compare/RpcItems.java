package io.nelumbo.bench.compare;

import com.fasterxml.jackson.databind.JsonNode;
import io.nelumbo.publisher.load.LoadResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Item 8: whole nodes behind JSON-RPC, each message checked, signed, committed and pushed to a
 * chain, as an operator's benchmark of his own machine has it. The client and the chain share one
 * process, on the same cores.
 */
final class RpcItems {

    private static final String COMMAND = "bench/bin/compare --only rpc";

    /** Besides the loads: three nodes start, and the receipts are held against the journals. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final OperatorCommand nelumbo;
    private final Duration warmUp;
    private final Duration load;

    /**
     * A measurement.
     *
     * @param warmUp before the first load
     * @param load each
     */
    RpcItems(final OperatorCommand nelumbo, final Duration warmUp, final Duration load) {
        this.nelumbo = nelumbo;
        this.warmUp = warmUp;
        this.load = load;
    }

    /**
     * Runs it.
     *
     * @param folder on the disk that is measured
     */
    List<Item> items(final Path folder) throws InterruptedException {
        try {
            return items(
                    nelumbo.answer(
                            PATIENCE,
                            "bench",
                            "--in",
                            folder.toString(),
                            "--warm-up",
                            String.valueOf(warmUp.toSeconds()),
                            "--seconds",
                            String.valueOf(load.toSeconds())));
        } catch (final IOException e) {
            final String why = Turn.firstLine(e);
            return List.of(
                    missing("in batches of 100", 10_000, why),
                    missing("single calls, 64 in flight", 4_000, why));
        }
    }

    /** Of what {@code nelumbo bench --json} answered. */
    static List<Item> items(final JsonNode report) {
        return List.of(
                item("in batches of 100", 10_000, report.path("batches")),
                item("single calls, 64 in flight", 4_000, report.path("single")));
    }

    private static Item item(final String how, final double atLeast, final JsonNode load) {
        final double rate = LoadResult.of(load).achievedPerSecond();
        return new Item(
                8,
                name(how),
                Series.of(rate),
                ClusterItems.PER_SECOND,
                null,
                Goal.figureAtLeast(atLeast),
                "",
                COMMAND);
    }

    private static Item missing(final String how, final double atLeast, final String why) {
        return Item.missing(
                8, name(how), ClusterItems.PER_SECOND, Goal.figureAtLeast(atLeast), why, COMMAND);
    }

    private static String name(final String how) {
        return "JSON-RPC with signing, " + how;
    }
}
