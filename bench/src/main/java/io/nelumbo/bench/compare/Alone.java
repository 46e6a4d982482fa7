package io.nelumbo.bench.compare;

import io.nelumbo.bench.process.WorkFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The items that no contestant takes part in: stages by themselves, and whole nodes as operators
 * start them. One thread.
 *
 * @param launcher {@code publisher/bin/nelumbo}
 * @param parent a folder on a disk
 * @param quick shows that it works, not how fast anything is
 * @param progress is told what happens now
 */
record Alone(Path launcher, Path parent, boolean quick, Consumer<String> progress) {

    /** Their names for {@code --only}. */
    static final List<String> PARTS =
            List.of("signing", "failover", "steady", "stages", "scale", "rpc", "start");

    /** Measures the parts that are asked for. */
    List<Item> items(final Predicate<String> isAsked) throws IOException, InterruptedException {
        final List<Item> items = new ArrayList<>();
        for (final String part : PARTS) {
            if (isAsked.test(part)) {
                progress.accept(part);
                items.addAll(items(part));
            }
        }
        return items;
    }

    private List<Item> items(final String part) throws IOException, InterruptedException {
        return switch (part) {
            case "signing" -> new SigningItems(quick ? 150 : 4000).items();
            case "failover" -> failover();
            case "steady" -> steady();
            case "stages" -> new StageItems(quick ? 150 : 500).items();
            case "scale" -> new ScaleItems(parent, quick, progress).items();
            case "rpc" -> rpc();
            case "start" -> new StartItem(launcher, parent, quick ? 1 : 3).items();
            default -> throw new IllegalArgumentException("expected one of " + PARTS);
        };
    }

    private List<Item> failover() throws IOException, InterruptedException {
        try (WorkFolder work = WorkFolder.onDisk(parent)) {
            return new FailoverItems(command(work), quick ? 1 : 20)
                    .items(work.path().resolve("devnet"));
        }
    }

    private List<Item> steady() throws IOException {
        return (quick
                        ? new SteadyItems(2, Duration.ofSeconds(2), progress)
                        : new SteadyItems(20, Duration.ofSeconds(30), progress))
                .items(parent);
    }

    /** Two minutes of warm-up: what one run of it may send is bounded. */
    private List<Item> rpc() throws IOException, InterruptedException {
        try (WorkFolder work = WorkFolder.onDisk(parent)) {
            return new RpcItems(
                            command(work),
                            Duration.ofSeconds(quick ? 2 : 120),
                            Duration.ofSeconds(quick ? 1 : 10))
                    .items(work.path());
        }
    }

    private OperatorCommand command(final WorkFolder work) {
        return new OperatorCommand(launcher, work.path());
    }
}
