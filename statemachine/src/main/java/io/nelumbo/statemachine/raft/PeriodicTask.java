package io.nelumbo.statemachine.raft;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Does one thing again and again, on a thread of its own, until it is closed or fails: a failed
 * round is the last.
 */
final class PeriodicTask implements AutoCloseable {

    /** One round. */
    @FunctionalInterface
    interface Round {
        void run() throws Exception;
    }

    private final Duration interval;
    private final Round round;
    private final Consumer<Throwable> onFailure;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    private PeriodicTask(
            final String name,
            final Duration interval,
            final Round round,
            final Consumer<Throwable> onFailure) {
        this.interval = interval;
        this.round = round;
        this.onFailure = onFailure;
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
    }

    static PeriodicTask start(
            final String name,
            final Duration interval,
            final Round round,
            final Consumer<Throwable> onFailure) {
        final PeriodicTask task = new PeriodicTask(name, interval, round, onFailure);
        task.thread.start();
        return task;
    }

    private void run() {
        try {
            while (!closed.await(interval.toNanos(), TimeUnit.NANOSECONDS)) {
                round.run();
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (final Exception | Error e) {
            // An Error too: a memory-mapped file reports a full disk as one.
            onFailure.accept(e);
        }
    }

    /** No round begins after this; one under way is waited for. */
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
