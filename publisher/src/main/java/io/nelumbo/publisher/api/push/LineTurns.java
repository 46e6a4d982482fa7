package io.nelumbo.publisher.api.push;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Gives lines their turns on threads that everybody's answers need: however many lines there are,
 * so many of their tasks at most stand in the executor's queue, and the others stand behind whoever
 * came meanwhile. Any thread; bounded by the number of lines, of which each has one task at a time.
 */
final class LineTurns implements Executor {
    /** What a line may spend before it gives its thread back: a whole part without signatures. */
    static final int MAX_COST = 256;

    /** To verify a signature takes as long as many a message without, of BLS a millisecond. */
    private static final int SIGNED_COST = 8;

    private static final int MAX_AT_ONCE = 2;

    private final Executor executor;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int atOnce;

    LineTurns(final Executor executor) {
        this.executor = executor;
    }

    static int cost(final Push push) {
        return push instanceof SignedPush ? SIGNED_COST : 1;
    }

    /** Rejects what the executor rejects. */
    @Override
    public void execute(final Runnable task) {
        synchronized (waiting) {
            if (atOnce == MAX_AT_ONCE) {
                waiting.add(task);
                return;
            }
            atOnce++;
        }
        try {
            executor.execute(() -> turn(task));
        } catch (final RejectedExecutionException ended) {
            synchronized (waiting) {
                atOnce--;
            }
            throw ended;
        }
    }

    private void turn(final Runnable task) {
        try {
            task.run();
        } finally {
            passOn();
        }
    }

    /** To the end of the executor's queue; what it does not take any more is done at once. */
    private void passOn() {
        for (Runnable next = next(); next != null; next = next()) {
            final Runnable task = next;
            try {
                executor.execute(() -> turn(task));
                return;
            } catch (final RejectedExecutionException ended) {
                task.run();
            }
        }
    }

    private @Nullable Runnable next() {
        synchronized (waiting) {
            final Runnable next = waiting.poll();
            if (next == null) {
                atOnce--;
            }
            return next;
        }
    }
}
