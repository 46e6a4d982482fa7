package io.nelumbo.bench.compare;

import io.nelumbo.publisher.load.LoadResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What the list says of whole clusters, items 1 to 3, from what the contestants reached. */
final class ClusterItems {

    static final String OURS = "nelumbo";

    private static final String COMMAND = "bench/bin/compare --only nelumbo,ratis,aeron";
    private static final String PER_SECOND = "messages/s";
    private static final String MS = "ms";
    private static final double US_PER_MS = 1000;

    /** The engine that Lotus used, with 1024 concurrent clients. */
    private static final Item.Peer HASHICORP_RAFT = new Item.Peer("hashicorp/raft", 14_100, false);

    private static final Item.Peer ETCD_SERIAL_P50 = new Item.Peer("etcd serial", 0.96, false);

    private final Standings standings;

    ClusterItems(final Standings standings) {
        this.standings = standings;
    }

    List<Item> items() {
        final List<Item> items = new ArrayList<>();
        final ToDoubleFunction<LoadResult> rate = LoadResult::achievedPerSecond;
        items.add(of(1, Load.WINDOW, rate, "throughput", "aeron", Goal.ratioAtLeast(1)));
        items.add(of(1, Load.WINDOW, rate, "throughput", "ratis", Goal.ratioAtLeast(0.85)));
        items.add(of(1, Load.LARGE, rate, "throughput", "ratis", Goal.ratioAtLeast(0.85)));
        items.add(of(1, Load.LARGE, rate, "throughput", HASHICORP_RAFT, Goal.ratioAtLeast(10)));
        final ToDoubleFunction<LoadResult> p50 = r -> r.latency().p50Us() / US_PER_MS;
        final ToDoubleFunction<LoadResult> p99 = r -> r.latency().p99Us() / US_PER_MS;
        final ToDoubleFunction<LoadResult> p999 = r -> r.latency().p999Us() / US_PER_MS;
        items.add(of(2, Load.UNLOADED, p50, "p50", ETCD_SERIAL_P50, Goal.ratioAtMost(1)));
        items.add(of(2, Load.UNLOADED, p50, "p50", "ratis", Goal.figureAtMost(1.5)));
        items.add(of(2, Load.UNLOADED, p50, "p50", "aeron", Goal.figureAtMost(1.5)));
        items.add(spread());
        items.add(of(3, Load.HALF, p50, "p50", "aeron", Goal.figureAtMost(3)));
        items.add(of(3, Load.HALF, p99, "p99", "aeron", Goal.figureAtMost(15)));
        items.add(of(3, Load.HALF, p999, "p99.9", "aeron", Goal.figureAtMost(60)));
        return items;
    }

    /** How far the slow ones are from the usual ones. */
    private Item spread() {
        return item(
                2,
                Load.UNLOADED.title() + ": p99 / p50",
                standings.series(
                        OURS,
                        Load.UNLOADED,
                        r -> r.latency().p99Us() / Math.max(1, r.latency().p50Us())),
                "×",
                null,
                Goal.figureAtMost(3));
    }

    private Item of(
            final int item,
            final Load load,
            final ToDoubleFunction<LoadResult> figure,
            final String name,
            final String contestant,
            final Goal goal) {
        final Series theirs = standings.series(contestant, load, figure);
        return of(
                item,
                load,
                figure,
                name,
                theirs == null ? null : new Item.Peer(contestant, theirs.median(), true),
                goal);
    }

    private Item of(
            final int item,
            final Load load,
            final ToDoubleFunction<LoadResult> figure,
            final String name,
            final Item.@Nullable Peer peer,
            final Goal goal) {
        return item(
                item,
                load.title() + ": " + name,
                standings.series(OURS, load, figure),
                name.equals("throughput") ? PER_SECOND : MS,
                peer,
                goal);
    }

    private static Item item(
            final int item,
            final String name,
            final @Nullable Series figure,
            final String unit,
            final Item.@Nullable Peer peer,
            final Goal goal) {
        return new Item(item, name, figure, unit, peer, goal, reason(figure, peer, goal), COMMAND);
    }

    private static String reason(
            final @Nullable Series figure, final Item.@Nullable Peer peer, final Goal goal) {
        if (figure == null) {
            return "our members did not run";
        }
        return peer == null && goal.against() == Goal.Against.RATIO ? "the peer did not run" : "";
    }
}
