package io.nelumbo.statemachine.ledger;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A ledger as it was between two batches, to be written while more are applied. Any one thread
 * writes it; {@link #close} it soon, because until then the live ledger gives no memory back: a
 * batch that replaces, fills or displaces a message waits, and any batch once 1 GiB would have been
 * given back (I10).
 *
 * <p>It is no copy. Records of messages and answers are written once and stay where they are, so
 * all that is copied is a few numbers for each account.
 */
public final class FrozenLedger implements AutoCloseable {

    private final LedgerState state;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch awaited = new CountDownLatch(1);

    FrozenLedger(final LedgerState state) {
        this.state = state;
    }

    /** Sequence that the next event had. */
    public long nextSequence() {
        return state.nextSequence;
    }

    /** Writes the whole state: the bytes that {@link Ledger#writeTo} would have written then. */
    public void writeTo(final StateWriter out) {
        if (isClosed()) {
            throw new IllegalStateException("expected a frozen ledger but it was closed");
        }
        state.writeTo(out);
    }

    /**
     * Lets others have the core and the disk, for whoever writes it; not once the live ledger waits
     * for it to be closed.
     *
     * @param pauseNs longest rest
     */
    public void restUnlessAwaited(final long pauseNs) {
        try {
            final var unused = awaited.await(pauseNs, TimeUnit.NANOSECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Waits, whatever interrupts: the applying thread cannot go on, and must not give up. */
    void awaitClosed() {
        awaited.countDown();
        boolean interrupted = false;
        while (!isClosed()) {
            try {
                closed.await();
            } catch (final InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets the live ledger go. */
    @Override
    public void close() {
        closed.countDown();
    }
}
