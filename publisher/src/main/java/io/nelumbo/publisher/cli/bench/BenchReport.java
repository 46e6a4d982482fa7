package io.nelumbo.publisher.cli.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelumbo.publisher.load.Latency;
import io.nelumbo.publisher.load.LoadResult;
import java.util.List;
import java.util.Locale;

/**
 * What a bench found.
 *
 * @param fileSystem its type, as {@code ext4}
 * @param disk how long a force takes
 * @param loads in the order in which they ran
 */
public record BenchReport(String fileSystem, Latency disk, List<Load> loads, Verdict verdict) {
    /**
     * One load.
     *
     * @param name for scripts
     * @param title for people
     * @param sameLeader whether the node that it went to led from its beginning to its end
     */
    record Load(String name, String title, LoadResult result, boolean sameLeader) {

        /** Whether it says what the cluster does. */
        boolean isWhole() {
            final var counts = result.counts();
            return sameLeader && counts.acknowledged() > 0 && counts.acknowledged() == counts.due();
        }

        /** Why not; empty if it does. */
        String shortfall() {
            final var counts = result.counts();
            return isWhole()
                    ? ""
                    : "%s is no measurement: acknowledged %d, refused %s, unknown %d, never sent %d%s"
                            .formatted(
                                    title,
                                    counts.acknowledged(),
                                    counts.refused(),
                                    counts.unknown(),
                                    counts.unsent(),
                                    sameLeader ? "" : "; the leader changed during it");
        }
    }

    /** Whether nothing was lost or duplicated. */
    public boolean isClean() {
        return verdict.isClean();
    }

    /** Of each load that was not acknowledged to its last message, under one leader: why. */
    public List<String> shortfalls() {
        return loads.stream().map(Load::shortfall).filter(why -> !why.isEmpty()).toList();
    }

    /** A table, times in milliseconds. */
    public String text() {
        final StringBuilder text = new StringBuilder();
        text.append(row("", "a second", "p50 ms", "p99 ms", "p99.9 ms", "max ms"));
        text.append(row("disk: append 4 KiB, fdatasync", disk.perSecond(), disk));
        for (final Load load : loads) {
            final LoadResult result = load.result();
            text.append(row(load.title(), result.achievedPerSecond(), result.latency()));
        }
        return text.append(
                        "%d receipts: %d lost, %d duplicated, %d gaps; the journals %s"
                                .formatted(
                                        verdict.acknowledged(),
                                        verdict.lost(),
                                        verdict.duplicated(),
                                        verdict.gaps(),
                                        verdict.journalsAgree() ? "agree" : "do not agree"))
                .toString();
    }

    /** The same for scripts, with the whole histograms. */
    public ObjectNode json() {
        final ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putObject("disk")
                .put("fileSystem", fileSystem)
                .put("perSecond", disk.perSecond())
                .set("latency", disk.toJson());
        loads.forEach(
                load ->
                        json.set(
                                load.name(),
                                load.result().toJson().put("sameLeader", load.sameLeader())));
        json.putObject("verdict")
                .put("acknowledged", verdict.acknowledged())
                .put("lost", verdict.lost())
                .put("duplicated", verdict.duplicated())
                .put("gaps", verdict.gaps())
                .put("journalsAgree", verdict.journalsAgree())
                .put("clean", isClean())
                .put("whole", shortfalls().isEmpty())
                .set("shortfalls", shortfallsJson());
        return json;
    }

    private ArrayNode shortfallsJson() {
        final ArrayNode json = JsonNodeFactory.instance.arrayNode();
        shortfalls().forEach(json::add);
        return json;
    }

    private static String row(final String title, final double perSecond, final Latency latency) {
        return row(
                title,
                String.format(Locale.ROOT, "%,.0f", perSecond),
                ms(latency.p50Us()),
                ms(latency.p99Us()),
                ms(latency.p999Us()),
                ms(latency.maxUs()));
    }

    private static String row(final String... cells) {
        final StringBuilder row = new StringBuilder(String.format("%-34s", cells[0]));
        for (int i = 1; i < cells.length; i++) {
            row.append(String.format(" %10s", cells[i]));
        }
        return row.append('\n').toString();
    }

    private static String ms(final double us) {
        return String.format(Locale.ROOT, "%,.2f", us / 1000);
    }
}
