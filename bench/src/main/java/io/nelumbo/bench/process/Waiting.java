package io.nelumbo.bench.process;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for what nobody announces. Stateless. */
public final class Waiting {

    private Waiting() {}

    /** Something that comes true. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws InterruptedException;
    }

    /**
     * Looks until a condition holds.
     *
     * @param patience after which it gives up
     * @param every how long it waits between two looks
     * @return whether it holds
     */
    public static boolean until(
            final Condition condition, final Duration patience, final Duration every)
            throws InterruptedException {
        final long deadlineNs = System.nanoTime() + patience.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - deadlineNs > 0) {
                return false;
            }
            LockSupport.parkNanos(every.toNanos());
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while waiting");
            }
        }
        return true;
    }
}
