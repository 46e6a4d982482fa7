package io.nelumbo.publisher.load;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Counts what became of the messages that are measured from a given time on. Any thread; the one
 * that runs the load waits here for others, and closes it.
 */
final class Tally implements Outcomes {
    private final InFlight inFlight;
    private final LoadClock clock;
    private final long fromNs;
    private final Histogram latencies =
            new ConcurrentHistogram(Latency.MAX_NS, Latency.SIGNIFICANT_DIGITS);
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder unknown = new LongAdder();
    private final Reasons refused = new Reasons();
    private final LongAccumulator lastNs;
    private final AtomicReference<@Nullable IllegalStateException> fault = new AtomicReference<>();
    private volatile boolean awaited;
    private volatile boolean closed;

    Tally(final InFlight inFlight, final LoadClock clock, final long fromNs) {
        this.inFlight = inFlight;
        this.clock = clock;
        this.fromNs = fromNs;
        this.lastNs = new LongAccumulator(Math::max, 0);
    }

    @Override
    public void acknowledged(final long first, final int count) {
        final long now = clock.nanoTime();
        int recorded = 0;
        for (long number = first; number < first + count; number++) {
            final long since = end(number);
            if (isRecorded(since)) {
                latencies.recordValue(Math.min(Math.max(0, now - since), Latency.MAX_NS));
                recorded++;
            }
        }
        acknowledged.add(recorded);
        ended(count, recorded, now);
    }

    @Override
    public void refused(final long first, final int count, final String reason) {
        final int recorded = endAll(first, count);
        if (recorded > 0) {
            refused.add(reason, recorded);
        }
        ended(count, recorded, clock.nanoTime());
    }

    @Override
    public void unknown(final long first, final int count) {
        final int recorded = endAll(first, count);
        unknown.add(recorded);
        ended(count, recorded, clock.nanoTime());
    }

    /** From now on an outcome wakes the thread; to be called before it looks whether to sleep. */
    void expectWake() {
        awaited = true;
    }

    /** What is not answered by now is unknown, and what comes later is ignored. */
    void close() {
        closed = true;
        unknown.add(inFlight.endAll(fromNs));
    }

    /** Throws what the target did wrong, if anything. */
    void requireNoFault() {
        final IllegalStateException wrong = fault.get();
        if (wrong != null) {
            throw wrong;
        }
    }

    Counts counts(final long unsent) {
        final Map<String, Long> reasons = refused.counts();
        return new Counts(acknowledged.sum(), reasons, unknown.sum(), unsent);
    }

    Latency latency() {
        return new Latency(latencies.copy());
    }

    /** From the beginning of the recording to its last outcome; 0 if there was none. */
    long lastAfterNs() {
        return lastNs.get();
    }

    private int endAll(final long first, final int count) {
        int recorded = 0;
        for (long number = first; number < first + count; number++) {
            recorded += isRecorded(end(number)) ? 1 : 0;
        }
        return recorded;
    }

    private long end(final long number) {
        final long since = inFlight.end(number);
        if (since == InFlight.NONE && !closed) {
            fault.compareAndSet(
                    null,
                    new IllegalStateException(
                            "expected one outcome of message " + number + " but was another one"));
        }
        return since;
    }

    private boolean isRecorded(final long since) {
        return since != InFlight.NONE && since - fromNs >= 0;
    }

    private void ended(final int count, final int recorded, final long now) {
        inFlight.ended(count);
        if (recorded > 0) {
            lastNs.accumulate(now - fromNs);
        }
        if (awaited) {
            awaited = false;
            clock.wake();
        }
    }
}
