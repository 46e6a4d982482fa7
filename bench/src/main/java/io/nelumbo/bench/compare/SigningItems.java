package io.nelumbo.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Item 4: what the pipeline signs, beside what the cores could if they did nothing else. A replica
 * in memory agrees after two milliseconds; a signature as the curve's library makes it, alone on a
 * core, is measured in the same run.
 */
final class SigningItems {

    private static final String COMMAND = "bench/bin/compare --only signing";
    private static final double SECOND_US = 1_000_000;

    private final long iterationMs;
    private final int cores = Runtime.getRuntime().availableProcessors();

    /** With iterations of this length. */
    SigningItems(final long iterationMs) {
        this.iterationMs = iterationMs;
    }

    List<Item> items() {
        final List<Item> items = new ArrayList<>();
        for (final String type : List.of("SECP256K1", "BLS")) {
            items.add(item(type));
        }
        return items;
    }

    private Item item(final String type) {
        final String name = "signed throughput, " + type;
        final Goal goal = Goal.ratioAtLeast(0.8);
        try {
            final double signatureUs =
                    us("SigningBenchmark.signatureAlone", Map.of("type", type, "paramsBytes", "0"));
            final double messageUs =
                    us(
                            "PipelineBenchmark.saturated",
                            Map.of("type", type, "signerThreads", String.valueOf(cores)));
            return new Item(
                    4,
                    name,
                    Series.of(SECOND_US / messageUs),
                    ClusterItems.PER_SECOND,
                    new Item.Peer(
                            cores + " cores that only sign", cores * SECOND_US / signatureUs, true),
                    goal,
                    "a signature takes " + Figures.text(signatureUs) + " µs",
                    COMMAND);
        } catch (final RunnerException e) {
            return Item.missing(
                    4,
                    name,
                    ClusterItems.PER_SECOND,
                    goal,
                    "JMH failed: " + e.getMessage(),
                    COMMAND);
        }
    }

    private double us(final String benchmark, final Map<String, String> parameters)
            throws RunnerException {
        return new JmhRun(benchmark, parameters).run(iterationMs).getPrimaryResult().getScore();
    }
}
