package io.nelumbo.publisher.api.upstream;

/**
 * Keeps calls from an upstream that failed several times in a row, longer each time; in between it
 * lets one call through to see (half-open). Guarded by its own lock; any thread.
 */
final class Circuit {
    /** In a row; one may be chance, three are not. */
    static final int FAILURES_TO_OPEN = 3;

    static final long MIN_OPEN_NS = 1_000_000_000L;

    /** Not longer than a Filecoin epoch, so that a node that is back is used within one. */
    static final long MAX_OPEN_NS = 30 * MIN_OPEN_NS;

    private int failuresInARow;
    private long openUntilNs;

    /** Whether calls are kept away. */
    synchronized boolean isOpen(final long nowNs) {
        return failuresInARow >= FAILURES_TO_OPEN && nowNs - openUntilNs < 0;
    }

    /** Whether the last calls failed, so that the next one is a trial. */
    synchronized boolean isOnTrial() {
        return failuresInARow >= FAILURES_TO_OPEN;
    }

    /** Asks to call now; while half-open, only one is let through each time. */
    synchronized boolean enter(final long nowNs) {
        if (failuresInARow < FAILURES_TO_OPEN) {
            return true;
        }
        if (isOpen(nowNs)) {
            return false;
        }
        openUntilNs = nowNs + openNs();
        return true;
    }

    synchronized void succeeded() {
        failuresInARow = 0;
    }

    synchronized void failed(final long nowNs) {
        failuresInARow++;
        if (failuresInARow >= FAILURES_TO_OPEN) {
            openUntilNs = nowNs + openNs();
        }
    }

    private long openNs() {
        final int doublings = Math.min(failuresInARow - FAILURES_TO_OPEN, 10);
        return Math.min(MAX_OPEN_NS, MIN_OPEN_NS << Math.max(0, doublings));
    }
}
