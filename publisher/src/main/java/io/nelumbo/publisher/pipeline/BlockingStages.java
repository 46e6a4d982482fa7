package io.nelumbo.publisher.pipeline;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.WaitStrategy;
import java.util.concurrent.locks.LockSupport;

/**
 * Sleeps on a lock while the ring is empty, and gives its core away while an earlier stage is at
 * work. Any thread.
 *
 * <p>The Disruptor's own BlockingWaitStrategy does the first, but spins for the second: a slot
 * wakes all stages at once, and those that must wait for its signature take the cores that the
 * sequencer and the signers need. With fewer cores than stages, one message alone then takes
 * milliseconds.
 */
final class BlockingStages implements WaitStrategy {

    /** About the time that sequencing takes: no use in sleeping for that. */
    private static final int SPINS = 100;

    /** Less than one signature; timers make it 60 to 70 µs. */
    private static final long PARK_NS = 10_000;

    private final Object lock = new Object();

    @Override
    public long waitFor(
            final long position,
            final Sequence cursor,
            final Sequence earlierStages,
            final SequenceBarrier barrier)
            throws AlertException, InterruptedException {
        if (cursor.get() < position) {
            awaitSlot(position, cursor, barrier);
        }
        int rounds = 0;
        long available = earlierStages.get();
        while (available < position) {
            barrier.checkAlert();
            giveWay(rounds++);
            available = earlierStages.get();
        }
        return available;
    }

    @Override
    public void signalAllWhenBlocking() {
        synchronized (lock) {
            lock.notifyAll();
        }
    }

    private void awaitSlot(
            final long position, final Sequence cursor, final SequenceBarrier barrier)
            throws AlertException, InterruptedException {
        synchronized (lock) {
            while (cursor.get() < position) {
                barrier.checkAlert();
                lock.wait();
            }
        }
    }

    private static void giveWay(final int round) {
        if (round < SPINS) {
            Thread.onSpinWait();
        } else {
            LockSupport.parkNanos(PARK_NS);
        }
    }
}
