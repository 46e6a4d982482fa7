package io.nelumbo.publisher.load;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The messages that were sent and not answered, with the times from which they are measured. One
 * thread begins messages, in the order of their numbers; any thread ends them.
 *
 * <p>A ring of four times the bound, so that answers may come in any order: a message that is still
 * open when the ring has come round to it again holds up the next ones.
 */
final class InFlight {
    static final long NONE = Long.MIN_VALUE;

    private static final int LAPS = 4;

    private final int max;
    private final int mask;
    private final long[] numbers;
    private final AtomicLongArray sinceNs;
    private final AtomicInteger count = new AtomicInteger();

    InFlight(final int max) {
        this.max = max;
        final int slots = Integer.highestOneBit(Math.max(1, max * LAPS - 1)) << 1;
        this.mask = slots - 1;
        this.numbers = new long[slots];
        this.sinceNs = new AtomicLongArray(slots);
        for (int i = 0; i < slots; i++) {
            sinceNs.setPlain(i, NONE);
        }
    }

    /** How many messages from this number on could begin now, at most so many. */
    int room(final long first, final int wanted) {
        final int most = Math.min(wanted, max - count.get());
        int free = 0;
        while (free < most && sinceNs.get(slot(first + free)) == NONE) {
            free++;
        }
        return free;
    }

    /** Only where there is room. */
    void begin(final long number, final long ns) {
        final int slot = slot(number);
        numbers[slot] = number;
        sinceNs.setRelease(slot, ns);
    }

    /** Behind the beginning of so many. */
    void began(final int messages) {
        count.addAndGet(messages);
    }

    /** Ends a message: from when it is measured, or {@link #NONE} if it is not open. */
    long end(final long number) {
        final int slot = slot(number);
        final long ns = sinceNs.getAcquire(slot);
        final boolean open = ns != NONE && numbers[slot] == number;
        return open && sinceNs.compareAndSet(slot, ns, NONE) ? ns : NONE;
    }

    /** Behind the end of so many. */
    void ended(final int messages) {
        count.addAndGet(-messages);
    }

    int count() {
        return count.get();
    }

    /** Ends all; how many of them were measured from this time or a later one. */
    long endAll(final long fromNs) {
        long ended = 0;
        for (int i = 0; i <= mask; i++) {
            final long ns = sinceNs.getAndSet(i, NONE);
            if (ns != NONE && ns - fromNs >= 0) {
                ended++;
            }
        }
        return ended;
    }

    private int slot(final long number) {
        return (int) number & mask;
    }
}
