package io.nelumbo.publisher.load;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Sends messages to a target as a plan says and measures what becomes of them. Used once, by the
 * thread that runs it; it allocates nothing for a message.
 *
 * <p>In an open loop the schedule stands before the first message is sent, and every latency counts
 * from it. When the system stalls, or the bound on messages in flight is reached, messages go late
 * and are measured from when they were due: a stall shows in all of them, as it would in clients
 * that do not wait for each other. Between two due times the thread sleeps, and then sends at once
 * whatever is due. When nothing more is, it sleeps for 500 microseconds at least, because waking up
 * takes from the system under test what may be the same core; and a sleep ends some 50 microseconds
 * late. Both are in the latency, and apart in {@link LoadResult#sendLag}.
 */
public final class LoadGenerator {
    private static final long MAX_SLEEP_NS = TimeUnit.MILLISECONDS.toNanos(10);

    /** Of an open loop; a closed one sends as soon as there is room. */
    static final long MIN_SLEEP_NS = TimeUnit.MICROSECONDS.toNanos(500);

    private final LoadPlan plan;
    private final Target target;
    private final LoadClock clock;
    private final InFlight inFlight;
    private final Histogram sendLag = Latency.empty();
    private final double intervalNs;
    private final long startNs;
    private final long recordedFromNs;
    private final long endNs;
    private final long giveUpNs;
    private final Tally tally;
    private long next;
    private long sleepUntilNs;

    LoadGenerator(final LoadPlan plan, final Target target, final LoadClock clock) {
        this.plan = plan;
        this.target = target;
        this.clock = clock;
        this.inFlight = new InFlight(maxInFlight(plan.pace()));
        this.intervalNs = intervalNs(plan.pace());
        this.startNs = clock.nanoTime();
        this.sleepUntilNs = startNs;
        this.recordedFromNs = startNs + plan.warmUp().toNanos();
        this.endNs = recordedFromNs + plan.duration().toNanos();
        this.giveUpNs = endNs + plan.patience().toNanos();
        this.tally = new Tally(inFlight, clock, recordedFromNs);
    }

    /**
     * Runs a load, for as long as the plan says and, if answers are missing then, up to its
     * patience longer.
     *
     * @throws InterruptedException if the thread is interrupted; messages may be under way
     * @throws IllegalStateException if the target told two outcomes of one message
     */
    public static LoadResult run(final LoadPlan plan, final Target target)
            throws InterruptedException {
        return new LoadGenerator(plan, target, LoadClock.ofThisThread()).run();
    }

    LoadResult run() throws InterruptedException {
        sendAll();
        awaitAnswers();
        tally.close();
        tally.requireNoFault();
        final long ns = Math.max(endNs - recordedFromNs, tally.lastAfterNs());
        return new LoadResult(
                intervalNs == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / intervalNs,
                ns / (double) TimeUnit.SECONDS.toNanos(1),
                tally.counts(unsent()),
                tally.latency(),
                new Latency(sendLag));
    }

    private void sendAll() throws InterruptedException {
        for (long now = clock.nanoTime(); isDueBeforeEnd(next, now); now = clock.nanoTime()) {
            tally.requireNoFault();
            final long aheadNs = sendNs(now) - now;
            if (aheadNs > 0) {
                sleep(aheadNs);
            } else if (inFlight.room(next, 1) > 0) {
                sendDue(now);
            } else if (now - giveUpNs >= 0) {
                return;
            } else {
                tally.expectWake();
                if (inFlight.room(next, 1) == 0) {
                    sleep(MAX_SLEEP_NS);
                }
            }
        }
    }

    /** As one batch: what is due and has room. */
    private void sendDue(final long now) {
        final int room = inFlight.room(next, plan.maxBatchMessages());
        int count = 0;
        while (count < room && isDue(next + count, now)) {
            final long dueNs = dueNs(next + count, now);
            inFlight.begin(next + count, dueNs);
            if (dueNs - recordedFromNs >= 0) {
                sendLag.recordValue(Math.min(now - dueNs, Latency.MAX_NS));
            }
            count++;
        }
        inFlight.began(count);
        final long first = next;
        next += count;
        sleepUntilNs = isDue(next, now) ? now : now + MIN_SLEEP_NS;
        target.send(first, count, tally);
    }

    private void awaitAnswers() throws InterruptedException {
        while (inFlight.count() > 0 && clock.nanoTime() - giveUpNs < 0) {
            tally.requireNoFault();
            tally.expectWake();
            if (inFlight.count() > 0) {
                sleep(MAX_SLEEP_NS);
            }
        }
    }

    private boolean isDue(final long number, final long now) {
        return dueNs(number, now) - now <= 0 && isDueBeforeEnd(number, now);
    }

    private boolean isDueBeforeEnd(final long number, final long now) {
        return dueNs(number, now) - endNs < 0;
    }

    /** When the next message goes if there is room for it. */
    private long sendNs(final long now) {
        final long dueNs = dueNs(next, now);
        return intervalNs == 0 || dueNs - sleepUntilNs > 0 ? dueNs : sleepUntilNs;
    }

    /** In a closed loop: always now. */
    private long dueNs(final long number, final long now) {
        return intervalNs == 0 ? now : startNs + (long) (number * intervalNs);
    }

    /** Of those that would have been recorded. */
    private long unsent() {
        if (intervalNs == 0) {
            return 0;
        }
        final long first = Math.max(next, firstDueAt(recordedFromNs));
        return Math.max(0, firstDueAt(endNs) - first);
    }

    private long firstDueAt(final long ns) {
        long number = Math.max(0, (long) ((ns - startNs) / intervalNs) - 1);
        while (dueNs(number, ns) - ns < 0) {
            number++;
        }
        return number;
    }

    private void sleep(final long ns) throws InterruptedException {
        clock.park(ns);
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted in the middle of a load");
        }
    }

    private static int maxInFlight(final Pace pace) {
        return pace instanceof Pace.OpenLoop open
                ? open.maxInFlight()
                : ((Pace.ClosedLoop) pace).window();
    }

    private static double intervalNs(final Pace pace) {
        return pace instanceof Pace.OpenLoop open
                ? TimeUnit.SECONDS.toNanos(1) / open.perSecond()
                : 0;
    }
}
