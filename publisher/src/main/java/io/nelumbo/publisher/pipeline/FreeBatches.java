package io.nelumbo.publisher.pipeline;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The places for batches: one to collect in, and as many as may be in flight. Any thread; taken and
 * given back once for each batch, never for each message.
 *
 * <p>Because the places are counted, there is no second bound to keep: with one in the replicator's
 * hands, another that is free means that fewer than {@code maxInFlight} are in flight.
 */
final class FreeBatches {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final int maxInFlight;
    private final ArrayDeque<InFlightBatch> free;

    FreeBatches(final int maxInFlight, final int maxEvents) {
        this.maxInFlight = maxInFlight;
        free = new ArrayDeque<>(maxInFlight + 1);
        for (int n = 0; n <= maxInFlight; n++) {
            free.add(new InFlightBatch(this, maxEvents));
        }
    }

    /** Takes a place; waits for one as long as the epoch lasts. Null: the epoch has ended. */
    @Nullable InFlightBatch take(final Epoch epoch) {
        lock.lock();
        try {
            while (free.isEmpty() && !epoch.hasEnded()) {
                changed.awaitUninterruptibly();
            }
            return epoch.hasEnded() ? null : free.pollFirst();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until at most that many batches are in flight, and a place is free for another, or the
     * epoch has ended; false when the time is over first. For whoever holds the place to collect
     * in.
     */
    boolean awaitPlace(final Epoch epoch, final int others, final long timeoutNs) {
        lock.lock();
        try {
            final long deadlineNs = System.nanoTime() + timeoutNs;
            while (!isFree(others) && !epoch.hasEnded()) {
                final long leftNs = deadlineNs - System.nanoTime();
                if (leftNs <= 0 || !changed.await(leftNs, TimeUnit.NANOSECONDS)) {
                    return isFree(others) || epoch.hasEnded();
                }
            }
            return true;
        } catch (final InterruptedException e) {
            throw new IllegalStateException("expected nobody to interrupt the replicator", e);
        } finally {
            lock.unlock();
        }
    }

    private boolean isFree(final int others) {
        return !free.isEmpty() && maxInFlight - free.size() <= others;
    }

    void put(final InFlightBatch batch) {
        lock.lock();
        try {
            free.addLast(batch);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** An epoch has ended: whoever waits for a place of it need not any more. */
    void epochEnded() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int count() {
        lock.lock();
        try {
            return free.size();
        } finally {
            lock.unlock();
        }
    }
}
