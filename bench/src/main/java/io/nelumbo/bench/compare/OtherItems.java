package io.nelumbo.bench.compare;

import java.util.List;

/** What this comparison does not measure, and what does. */
final class OtherItems {

    private OtherItems() {}

    static List<Item> items() {
        return List.of(
                Item.missing(
                        4,
                        "signed secp256k1 throughput / (cores / signature)",
                        "×",
                        Goal.figureAtLeast(0.8),
                        "not measured here: by the benchmarks of signing and of the pipeline",
                        "java -jar bench/target/benchmarks.jar SigningBenchmark PipelineBenchmark"),
                Item.missing(
                        5,
                        "kill -9 of the leader to the next receipt, p50",
                        "s",
                        Goal.figureAtMost(1),
                        "not measured here",
                        "publisher/bin/nelumbo devnet --messages 20000 --kill-leader 3 --json"),
                Item.missing(
                        7,
                        "1 to 1,000,000 accounts, loss of throughput",
                        "%",
                        Goal.figureAtMost(20),
                        "not measured here: by the scale of accounts, on the applying thread",
                        "java -Xmx12g -jar bench/target/benchmarks.jar scale accounts"),
                Item.missing(
                        8,
                        "JSON-RPC with signing, in batches",
                        "messages/s",
                        Goal.figureAtLeast(10_000),
                        "not measured here: by an operator's benchmark of his own cluster",
                        "publisher/bin/nelumbo bench"));
    }
}
