package io.nelumbo.bench.compare;

import com.fasterxml.jackson.databind.JsonNode;
import io.nelumbo.bench.process.ChildJvm;
import io.nelumbo.bench.process.WorkFolder;
import io.nelumbo.bench.scale.Scale;
import io.nelumbo.publisher.jsonrpc.MalformedJson;
import io.nelumbo.publisher.jsonrpc.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Item 7: what size costs. Each measurement is a process with a heap of its own, one after the
 * other, and says its figures in lines of JSON. One thread.
 */
final class ScaleItems {

    private static final String COMMAND = "bench/bin/compare --only scale";
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final double HUNDRED = 100;
    private static final double GB = 1e9;

    private final Path parent;
    private final boolean quick;
    private final Consumer<String> progress;

    /**
     * A measurement.
     *
     * @param parent a folder on a disk
     * @param quick a hundredth of the size
     */
    ScaleItems(final Path parent, final boolean quick, final Consumer<String> progress) {
        this.parent = parent;
        this.quick = quick;
        this.progress = progress;
    }

    /** Runs all four. */
    List<Item> items() throws IOException {
        final List<Item> items = new ArrayList<>();
        final String accounts = quick ? "10000" : "1000000";
        final String messages = quick ? "100000" : "10000000";
        try (WorkFolder work = WorkFolder.onDisk(parent)) {
            final Path folder = work.path();
            final String large = folder.resolve("large").toString();
            // All of it from the start: neither ledger pays for a heap that grows.
            final List<String> heap = quick ? heap("1g", "1g") : heap("9g", "9g");
            items.addAll(accounts(figures(folder, 1, heap, "accounts", accounts)));
            final List<String> room = asANode(quick ? heap("64m", "1g") : heap("1g", "10g"));
            items.addAll(memory(figures(folder, 3, room, "memory", messages)));
            // So much of it for what is new that little has to be collected while it is written.
            final List<String> halves = new ArrayList<>(heap);
            halves.add(quick ? "-Xmn500m" : "-Xmn4g");
            items.addAll(snapshot(figures(folder, 2, halves, "snapshot", large, messages)));
            final List<String> node = asANode(heap("256m", "2g"));
            final Told journal = figures(folder, 1, node, "replica", large, quick ? "64" : "10240");
            items.addAll(start(journal, figures(folder, 2, node, "start", large)));
        }
        return items;
    }

    /**
     * What a process said of itself.
     *
     * @param figures in the order of saying
     * @param failure why there are not all; empty if there are
     */
    record Told(List<JsonNode> figures, String failure) {}

    static List<Item> accounts(final Told told) {
        final String name = "1 to 1,000,000 accounts, loss of the ledger's throughput";
        final Goal goal = Goal.figureAtMost(20);
        if (!told.failure().isEmpty()) {
            return List.of(missing(name, "%", goal, told.failure()));
        }
        final JsonNode figures = told.figures().get(0);
        return List.of(
                item(
                        name,
                        new Series(
                                List.of(
                                        lossPercent(figures, "ratioP10"),
                                        lossPercent(figures, "ratio"),
                                        lossPercent(figures, "ratioP90"))),
                        "%",
                        goal,
                        "applying alone, accounts in no order: a message takes "
                                + Figures.text(figures.path("oneNs").asDouble())
                                + " ns with one account, "
                                + Figures.text(figures.path("manyNs").asDouble())
                                + " with "
                                + Figures.text(figures.path("accounts").asDouble())
                                + "; spread of the middle 80 % of "
                                + figures.path("pairs").asLong()
                                + " pairs"));
    }

    static List<Item> memory(final Told told) {
        final String message = "a message beside its bytes, most of 4 to 1,000,000 accounts";
        final String id = "a request id";
        final Goal goal = Goal.figureAtMost(HUNDRED);
        if (!told.failure().isEmpty()) {
            return List.of(
                    missing(message, "B", goal, told.failure()),
                    missing(id, "B", goal, told.failure()));
        }
        final Series each = series(told, "messageBytes");
        final String messages =
                Figures.text(told.figures().get(0).path("messages").asDouble()) + " unconfirmed";
        return List.of(
                item(message, Series.of(each.max()), "B", goal, messages),
                item(id, Series.of(series(told, "idBytes").max()), "B", goal, messages));
    }

    static List<Item> snapshot(final Told told) {
        final String name = "nothing applied while a snapshot is written, longest";
        final Goal goal = Goal.figureAtMost(15);
        if (!told.failure().isEmpty()) {
            return List.of(missing(name, "ms", goal, told.failure()));
        }
        final double longest =
                Math.max(series(told, "freezingMs").max(), series(told, "besideMaxMs").max());
        return List.of(
                item(
                        name,
                        Series.of(longest),
                        "ms",
                        goal,
                        "of "
                                + Figures.text(series(told, "fileBytes").max() / GB)
                                + " GB in "
                                + Figures.text(series(told, "writingS").max())
                                + " s; freezing takes "
                                + Figures.text(series(told, "freezingMs").max())
                                + " ms; the longest batch alone "
                                + Figures.text(series(told, "aloneMaxMs").max())
                                + " ms, a batch in which the collector ran "
                                + Figures.text(series(told, "collectingMaxMs").max())
                                + " ms"));
    }

    /**
     * Of a journal and its starts.
     *
     * @param journal how it was written
     */
    static List<Item> start(final Told journal, final Told starts) {
        final Goal goal = Goal.figureAtMost(5);
        final String failure = journal.failure().isEmpty() ? starts.failure() : journal.failure();
        if (!failure.isEmpty()) {
            return List.of(
                    missing(started("killed"), "s", goal, failure),
                    missing(started("closed"), "s", goal, failure));
        }
        final String size =
                "a journal of "
                        + Figures.text(series(journal, "journalBytes").max() / GB)
                        + " GB, page cache as writing left it";
        return starts.figures().stream()
                .map(
                        figures ->
                                item(
                                        started(figures.path("left").asText()),
                                        Series.of(figures.path("leadsS").asDouble()),
                                        "s",
                                        goal,
                                        size))
                .toList();
    }

    private static String started(final String left) {
        return "leads after exec on a large journal, " + left + " before";
    }

    private static double lossPercent(final JsonNode figures, final String ratio) {
        return HUNDRED * (1 - 1 / figures.path(ratio).asDouble());
    }

    private static Series series(final Told told, final String figure) {
        return new Series(
                told.figures().stream().map(figures -> figures.path(figure).asDouble()).toList());
    }

    private static Item item(
            final String name,
            final Series figure,
            final String unit,
            final Goal goal,
            final String reason) {
        return new Item(7, name, figure, unit, null, goal, reason, COMMAND);
    }

    private static Item missing(
            final String name, final String unit, final Goal goal, final String why) {
        return Item.missing(7, name, unit, goal, why, COMMAND);
    }

    /** With the collector that Java chooses for a node on a server. */
    private static List<String> asANode(final List<String> heap) {
        return Stream.concat(heap.stream(), Stream.of("-XX:+UseG1GC")).toList();
    }

    private static List<String> heap(final String least, final String most) {
        return List.of("-Xms" + least, "-Xmx" + most);
    }

    private Told figures(
            final Path folder, final int lines, final List<String> heap, final String... arguments)
            throws IOException {
        progress.accept("  " + String.join(" ", arguments));
        final List<JsonNode> figures = new ArrayList<>();
        try (ChildJvm child =
                ChildJvm.start(
                        "scale-" + arguments[0], Scale.class, List.of(arguments), folder, heap)) {
            while (figures.size() < lines) {
                figures.add(json(child.await(Scale.FIGURES, PATIENCE)));
            }
            return new Told(figures, "");
        } catch (final IllegalStateException e) {
            progress.accept("  " + e.getMessage());
            return new Told(figures, Turn.firstLine(e));
        }
    }

    private static JsonNode json(final String line) {
        try {
            return StrictJson.ANSWERS.read(line.getBytes(StandardCharsets.UTF_8));
        } catch (final MalformedJson e) {
            throw new IllegalStateException("expected figures but was " + line, e);
        }
    }
}
