package io.nelumbo.bench.compare;

import java.util.List;

/** What this comparison does not measure, and what does. */
final class OtherItems {

    private OtherItems() {}

    static List<Item> items() {
        return List.of(
                Item.missing(
                        7,
                        "1 to 1,000,000 accounts, loss of throughput",
                        "%",
                        Goal.figureAtMost(20),
                        "not measured here: by the scale of accounts, on the applying thread",
                        "java -Xmx12g -jar bench/target/benchmarks.jar scale accounts"));
    }
}
