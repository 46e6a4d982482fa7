package io.nelumbo.bench.compare;

import io.nelumbo.publisher.load.LoadResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the list says of whole clusters, items 1 to 3, from what the contestants reached. A figure
 * one round of which was no measurement is none, and says why.
 */
final class ClusterItems {

    static final String OURS = "nelumbo";

    private static final String COMMAND = "bench/bin/compare --only nelumbo,ratis,aeron";
    static final String PER_SECOND = "messages/s";
    private static final String MS = "ms";
    private static final double US_PER_MS = 1000;

    /** The engine that Lotus used, with 1024 concurrent clients. */
    private static final Item.Peer HASHICORP_RAFT = new Item.Peer("hashicorp/raft", 14_100, false);

    private static final Item.Peer ETCD_SERIAL_P50 = new Item.Peer("etcd serial", 0.96, false);

    private static final Row WINDOW =
            new Row(1, Load.WINDOW, "throughput", LoadResult::achievedPerSecond, PER_SECOND);
    private static final Row LARGE =
            new Row(1, Load.LARGE, "throughput", LoadResult::achievedPerSecond, PER_SECOND);
    private static final Row UNLOADED = new Row(2, Load.UNLOADED, "p50", ClusterItems::p50Ms, MS);
    private static final Row UNLOADED_SPREAD =
            new Row(2, Load.UNLOADED, "p99 / p50", ClusterItems::spread, "×");
    private static final Row HALF_P50 = new Row(3, Load.OUR_HALF, "p50", ClusterItems::p50Ms, MS);
    private static final Row HALF_P99 = new Row(3, Load.OUR_HALF, "p99", ClusterItems::p99Ms, MS);
    private static final Row HALF_P999 =
            new Row(3, Load.OUR_HALF, "p99.9", ClusterItems::p999Ms, MS);

    private final Standings standings;

    /** What is compared, whoever it is compared with. */
    private record Row(
            int item, Load load, String name, ToDoubleFunction<LoadResult> figure, String unit) {}

    ClusterItems(final Standings standings) {
        this.standings = standings;
    }

    List<Item> items() {
        final List<Item> items = new ArrayList<>();
        items.add(beside("aeron", WINDOW, Goal.ratioAtLeast(1)));
        items.add(beside("ratis", WINDOW, Goal.ratioAtLeast(0.85)));
        items.add(item(WINDOW, HASHICORP_RAFT, Goal.ratioAtLeast(10), ""));
        items.add(beside("aeron", LARGE, Goal.ratioAtLeast(1)));
        items.add(beside("ratis", LARGE, Goal.ratioAtLeast(0.85)));
        items.add(item(UNLOADED, ETCD_SERIAL_P50, Goal.ratioAtMost(1), ""));
        items.add(beside("ratis", UNLOADED, Goal.figureAtMost(1.5)));
        items.add(beside("aeron", UNLOADED, Goal.figureAtMost(1.5)));
        items.add(item(UNLOADED_SPREAD, null, Goal.figureAtMost(3), ""));
        items.add(beside("aeron", HALF_P50, Goal.figureAtMost(3)));
        items.add(beside("aeron", HALF_P99, Goal.figureAtMost(15)));
        items.add(beside("aeron", HALF_P999, Goal.figureAtMost(60)));
        return items;
    }

    private Item beside(final String contestant, final Row row, final Goal goal) {
        final Series theirs = standings.series(contestant, row.load(), row.figure());
        final String faults = standings.faults(contestant, row.load());
        if (theirs == null || !faults.isEmpty()) {
            return item(row, null, goal, faults.isEmpty() ? "the peer did not run" : faults);
        }
        return item(row, new Item.Peer(contestant, theirs.median(), true), goal, "");
    }

    /**
     * One comparison.
     *
     * @param peerless why there is no peer
     */
    private Item item(
            final Row row, final Item.@Nullable Peer peer, final Goal goal, final String peerless) {
        final Series measured = standings.series(OURS, row.load(), row.figure());
        final String faults = standings.faults(OURS, row.load());
        final @Nullable Series ours = faults.isEmpty() ? measured : null;
        String reason = faults.isEmpty() ? "our members did not run" : faults;
        if (ours != null) {
            reason = goal.against() == Goal.Against.RATIO ? peerless : "";
        }
        return new Item(
                row.item(),
                row.load().title() + ": " + row.name(),
                ours,
                row.unit(),
                peer,
                goal,
                reason,
                COMMAND);
    }

    private static double p50Ms(final LoadResult result) {
        return result.latency().p50Us() / US_PER_MS;
    }

    private static double p99Ms(final LoadResult result) {
        return result.latency().p99Us() / US_PER_MS;
    }

    private static double p999Ms(final LoadResult result) {
        return result.latency().p999Us() / US_PER_MS;
    }

    /** How far the slow ones are from the usual ones. */
    private static double spread(final LoadResult result) {
        return result.latency().p99Us() / Math.max(1, result.latency().p50Us());
    }
}
