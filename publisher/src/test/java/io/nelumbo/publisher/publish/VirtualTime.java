package io.nelumbo.publisher.publish;

import io.nelumbo.publisher.publish.loop.PublishClock;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Owned by the test: time that passes only when the test lets it, and what happens when. */
public final class VirtualTime implements PublishClock {

    private static final long EPOCH_NS = 1_700_000_000_000_000_000L;

    private record Happening(long atNs, long id, Runnable work) {}

    private final PriorityQueue<Happening> happenings =
            new PriorityQueue<>(
                    Comparator.comparingLong(Happening::atNs).thenComparingLong(Happening::id));
    private long nowNs = 1;
    private long made;

    @Override
    public long monotonicNs() {
        return nowNs;
    }

    /** What a right wall clock shows. */
    long wallNs() {
        return EPOCH_NS + nowNs;
    }

    void after(final long delayNs, final Runnable work) {
        happenings.add(new Happening(nowNs + Math.max(0, delayNs), made++, work));
    }

    long nextNs() {
        return happenings.isEmpty() ? Long.MAX_VALUE : happenings.peek().atNs();
    }

    /** Lets time pass up to the next happening, at most to a limit, and runs what is due. */
    public void advance(final long limitNs) {
        nowNs = Math.max(nowNs, Math.min(nextNs(), limitNs));
        while (!happenings.isEmpty() && happenings.peek().atNs() <= nowNs) {
            happenings.remove().work().run();
        }
    }
}
