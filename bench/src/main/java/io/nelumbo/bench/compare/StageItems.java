package io.nelumbo.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Item 6: each stage by itself, with JMH in a process of its own, shorter than one would publish.
 */
final class StageItems {

    private static final String COMMAND = "bench/bin/compare --only stages";
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    /**
     * Both of a benchmark that counts for itself, because JMH counts what its shots are given, too.
     * JMH tells the sums over all shots.
     */
    private static final String BYTES_IN_LOOP = "bytes";

    private static final String MESSAGES_IN_LOOP = "messages";

    private static final double SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final double MILLION = 1_000_000;

    /** Less than half a byte for a message is what a measured second itself leaves behind. */
    private static final double NO_BYTES = 0.5;

    private static final String IDS = "requestIds";

    private static final List<Stage> STAGES =
            List.of(
                    new Stage(
                            "sequencer, 10,000 request ids known",
                            "SequencerStageBenchmark.sequence",
                            Map.of(IDS, "10000"),
                            10.0,
                            false),
                    new Stage(
                            "sequencer, 1,000,000 request ids known",
                            "SequencerStageBenchmark.sequence",
                            Map.of(IDS, "1000000"),
                            null,
                            true),
                    new Stage(
                            "pipeline, ring to receipt, free signature and replica",
                            "SequencerBenchmark.sequence",
                            Map.of("maxBatchMessages", "1024"),
                            null,
                            true),
                    new Stage(
                            "ledger apply, 10,000 request ids kept",
                            "LedgerApplyBenchmark.apply",
                            Map.of(IDS, "10000"),
                            5.0,
                            false),
                    new Stage(
                            "ledger apply, 1,000,000 request ids kept",
                            "LedgerApplyBenchmark.apply",
                            Map.of(IDS, "1000000"),
                            5.0,
                            false),
                    new Stage("codec, encode", "CodecBenchmark.encode", Map.of(), 10.0, false),
                    new Stage(
                            "codec, check and read",
                            "CodecBenchmark.checkAndRead",
                            Map.of(),
                            10.0,
                            false),
                    new Stage(
                            "journal append, batches of 256",
                            "JournalAppendBenchmark.append",
                            Map.of("forceEvery", "0"),
                            5.0,
                            false),
                    new Stage("replay, verified", "ReplayBenchmark.replay", Map.of(), 3.0, true));

    private final long iterationMs;

    /** With iterations of this length. */
    StageItems(final long iterationMs) {
        this.iterationMs = iterationMs;
    }

    /**
     * A benchmark that measures nanoseconds for a message.
     *
     * @param goal in millions a second; null where none is set
     * @param allocates whether it may: because it runs once and not for each message that comes in,
     *     or because no goal is set
     */
    private record Stage(
            String name,
            String benchmark,
            Map<String, String> parameters,
            @Nullable Double goal,
            boolean allocates) {}

    List<Item> items() {
        final List<Item> items = new ArrayList<>();
        for (final Stage stage : STAGES) {
            items.addAll(measured(stage));
        }
        return items;
    }

    private List<Item> measured(final Stage stage) {
        final Double atLeast = stage.goal();
        final Goal goal = atLeast == null ? null : Goal.figureAtLeast(atLeast);
        final String unit = "M messages/s";
        try {
            final RunResult result =
                    new JmhRun(stage.benchmark(), stage.parameters()).run(iterationMs);
            final Series rates =
                    Series.of(SECOND_NS / result.getPrimaryResult().getScore() / MILLION);
            final @Nullable Double allocated = allocated(result);
            return List.of(
                    new Item(6, stage.name(), rates, unit, null, goal, "", COMMAND),
                    new Item(
                            6,
                            stage.name() + ", allocated",
                            allocated == null ? null : Series.of(allocated),
                            "B/message",
                            null,
                            stage.allocates() ? null : Goal.figureAtMost(NO_BYTES),
                            allocated == null ? "JMH told nothing of it" : "",
                            COMMAND));
        } catch (final RunnerException e) {
            return List.of(
                    Item.missing(
                            6, stage.name(), unit, goal, "JMH failed: " + e.getMessage(), COMMAND));
        }
    }

    private static @Nullable Double allocated(final RunResult result) {
        final @Nullable Result<?> bytes = result.getSecondaryResults().get(BYTES_IN_LOOP);
        final @Nullable Result<?> messages = result.getSecondaryResults().get(MESSAGES_IN_LOOP);
        if (bytes != null && messages != null) {
            return bytes.getScore() / messages.getScore();
        }
        final @Nullable Result<?> counted = result.getSecondaryResults().get(ALLOCATED);
        return counted == null ? null : counted.getScore();
    }
}
