package io.nelumbo.publisher.load;

/** When the next message is due. */
public sealed interface Pace {

    /** Bounds the memory of a load; far above what a cluster of ours takes in. */
    int MAX_IN_FLIGHT = 1 << 20;

    /**
     * As soon as the window has room: finds the highest rate, and with a window of 1 the latency of
     * a system that has nothing else to do. Latency counts from the sending, so that a system that
     * stalls is asked less and looks better than its clients find it.
     *
     * @param window messages in flight at most, 1 to {@value Pace#MAX_IN_FLIGHT}
     */
    record ClosedLoop(int window) implements Pace {
        /** Throws {@link IllegalArgumentException} for a window out of range. */
        public ClosedLoop {
            requireInFlight("window", window);
        }
    }

    /**
     * At a rate, whatever the system does: clients do not wait for each other. Message n is due n
     * intervals after the start, and its latency counts from there, also when it had to wait here
     * because too many were in flight (no coordinated omission).
     *
     * @param perSecond above 0, up to 10,000,000
     * @param maxInFlight 1 to {@value Pace#MAX_IN_FLIGHT}
     */
    record OpenLoop(double perSecond, int maxInFlight) implements Pace {
        private static final double MAX_PER_SECOND = 10_000_000;

        /** Throws {@link IllegalArgumentException} for a rate or a bound out of range. */
        public OpenLoop {
            if (!(perSecond > 0 && perSecond <= MAX_PER_SECOND)) {
                throw new IllegalArgumentException(
                        "expected a rate above 0, up to 10000000 a second, but was " + perSecond);
            }
            requireInFlight("maxInFlight", maxInFlight);
        }
    }

    private static void requireInFlight(final String name, final int value) {
        if (value < 1 || value > MAX_IN_FLIGHT) {
            throw new IllegalArgumentException(
                    "expected " + name + " from 1 to " + MAX_IN_FLIGHT + " but was " + value);
        }
    }
}
