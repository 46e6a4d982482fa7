package io.nelumbo.publisher.publish;

/** Time as the publisher needs it; a simulation brings its own. Any thread. */
interface PublishClock {

    /** Never goes back, in nanoseconds from any origin at or above 0: for waiting. */
    long monotonicNs();

    /** Nanoseconds since 1970 UTC: for comparing with the timestamps of batches. */
    long epochNs();

    /** The machine's time. */
    static PublishClock system() {
        final long originNs = System.nanoTime();
        return new PublishClock() {
            @Override
            public long monotonicNs() {
                return System.nanoTime() - originNs;
            }

            @Override
            public long epochNs() {
                return Math.multiplyExact(System.currentTimeMillis(), 1_000_000L);
            }
        };
    }
}
