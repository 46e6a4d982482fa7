package io.nelumbo.publisher.it;

import io.nelumbo.publisher.cli.devnet.Readiness;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits with the patience that a loaded machine needs, never longer. Stateless. */
final class Await {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private Await() {}

    /** Returns when the condition holds. */
    static void until(final String what, final Readiness.Condition condition)
            throws InterruptedException {
        try {
            Readiness.await(what, System.nanoTime() + PATIENCE.toNanos(), condition);
        } catch (final TimeoutException e) {
            throw new AssertionError(e.getMessage() + " for " + PATIENCE, e);
        }
    }

    /** The future's value; its failure is the test's. */
    static <T> T value(final CompletableFuture<T> future) throws InterruptedException {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (final ExecutionException | TimeoutException e) {
            throw new AssertionError("expected a value but was " + e, e);
        }
    }

    /** What the future fails with, of this type. */
    static <T extends Throwable> T failure(
            final CompletableFuture<?> future, final Class<T> expected)
            throws InterruptedException {
        try {
            final Object value = future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            throw new AssertionError("expected " + expected + " but was " + value);
        } catch (final ExecutionException e) {
            if (expected.isInstance(e.getCause())) {
                return expected.cast(e.getCause());
            }
            throw new AssertionError("expected " + expected + " but was " + e.getCause(), e);
        } catch (final TimeoutException e) {
            throw new AssertionError("expected " + expected + " but was nothing", e);
        }
    }
}
