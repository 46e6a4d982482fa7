package io.nelumbo.publisher.load;

import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/**
 * A system under test and its time, on one thread: time passes only while the generator sleeps, and
 * answers come when it has passed. What is asked within a stall is answered at the stall's end.
 */
final class VirtualTarget implements Target, LoadClock {

    /** What becomes of one message. */
    @FunctionalInterface
    interface Answer {
        void tell(long number, Outcomes outcomes);
    }

    private record Due(long ns, long number, Outcomes outcomes) implements Comparable<Due> {
        @Override
        public int compareTo(final Due other) {
            return Long.compare(ns, other.ns);
        }
    }

    private final PriorityQueue<Due> answers = new PriorityQueue<>();
    private final Answer answer;
    private final long serviceNs;
    private long nowNs = -5;
    private long stallFromNs;
    private long stallToNs;
    private long sent;
    private int largestBatch;
    private int mostInFlight;

    VirtualTarget(final long serviceMs, final Answer answer) {
        this.serviceNs = TimeUnit.MILLISECONDS.toNanos(serviceMs);
        this.answer = answer;
    }

    static VirtualTarget acknowledging(final long serviceMs) {
        return new VirtualTarget(serviceMs, (number, outcomes) -> outcomes.acknowledged(number, 1));
    }

    /** Answers nothing in between; times since the start. */
    VirtualTarget stalling(final long fromMs, final long toMs) {
        stallFromNs = nowNs + TimeUnit.MILLISECONDS.toNanos(fromMs);
        stallToNs = nowNs + TimeUnit.MILLISECONDS.toNanos(toMs);
        return this;
    }

    LoadResult run(final LoadPlan plan) throws InterruptedException {
        return new LoadGenerator(plan, this, this).run();
    }

    long sent() {
        return sent;
    }

    int largestBatch() {
        return largestBatch;
    }

    int mostInFlight() {
        return mostInFlight;
    }

    @Override
    public void send(final long first, final int count, final Outcomes outcomes) {
        largestBatch = Math.max(largestBatch, count);
        for (long number = first; number < first + count; number++) {
            final long ns = nowNs + serviceNs;
            final boolean stalled = ns - stallFromNs >= 0 && ns - stallToNs < 0;
            answers.add(new Due(stalled ? stallToNs : ns, number, outcomes));
            sent++;
        }
        mostInFlight = Math.max(mostInFlight, answers.size());
    }

    @Override
    public long nanoTime() {
        return nowNs;
    }

    /** Wakes with the first answers, if there are any before. */
    @Override
    public void park(final long ns) {
        final long untilNs = nowNs + ns;
        final Due first = answers.peek();
        if (first == null || first.ns - untilNs > 0) {
            nowNs = untilNs;
            return;
        }
        nowNs = Math.max(nowNs, first.ns);
        while (!answers.isEmpty() && answers.peek().ns - nowNs <= 0) {
            final Due due = answers.remove();
            answer.tell(due.number, due.outcomes);
        }
    }

    @Override
    public void wake() {
        // Whoever sleeps here wakes with each answer.
    }
}
