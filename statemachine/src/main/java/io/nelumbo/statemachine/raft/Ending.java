package io.nelumbo.statemachine.raft;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * That a replica is coming to its end, on purpose or by a halt, and that whoever waits on its
 * behalf is to stop waiting. Any thread.
 */
final class Ending {

    private final CountDownLatch begun = new CountDownLatch(1);
    private volatile boolean closing;

    /** On purpose: from now on it is no accident when something closes. */
    void close() {
        closing = true;
        begun.countDown();
    }

    /** By a halt. */
    void halt() {
        begun.countDown();
    }

    boolean isClosing() {
        return closing;
    }

    /** Waits so long, or until the end begins; returns whether it has. */
    boolean await(final Duration wait) throws InterruptedException {
        return begun.await(wait.toNanos(), TimeUnit.NANOSECONDS);
    }
}
