package io.nelumbo.publisher.load;

import java.util.concurrent.locks.LockSupport;

/** Time as the thread sees it that runs a load. */
interface LoadClock {

    /** As {@link System#nanoTime()}. Any thread. */
    long nanoTime();

    /**
     * Lets the thread sleep, perhaps for less. Only the thread itself calls it.
     *
     * @param ns above 0
     */
    void park(long ns);

    /** Ends the sleep that the thread is in, or its next one. Any thread. */
    void wake();

    /** Real time. It sleeps rather than spins: the system under test may need the core. */
    static LoadClock ofThisThread() {
        final Thread sender = Thread.currentThread();
        return new LoadClock() {
            @Override
            public long nanoTime() {
                return System.nanoTime();
            }

            @Override
            public void park(final long ns) {
                LockSupport.parkNanos(ns);
            }

            @Override
            public void wake() {
                LockSupport.unpark(sender);
            }
        };
    }
}
