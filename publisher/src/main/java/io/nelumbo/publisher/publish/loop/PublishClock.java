package io.nelumbo.publisher.publish.loop;

/** Time as the publisher needs it; a simulation brings its own. Any thread. */
@FunctionalInterface
public interface PublishClock {

    /** Never goes back, in nanoseconds from any origin at or above 0: for waiting. */
    long monotonicNs();

    /** The machine's time. */
    static PublishClock system() {
        final long originNs = System.nanoTime();
        return () -> System.nanoTime() - originNs;
    }
}
