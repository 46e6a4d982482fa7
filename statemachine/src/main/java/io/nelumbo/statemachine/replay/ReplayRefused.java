package io.nelumbo.statemachine.replay;

/**
 * A sound journal holds a batch that does not apply to what the batches before it made. Whatever
 * was journaled was applied once, so this journal was not written by a ledger like this one:
 * compare releases, then the journals of the other nodes.
 */
public final class ReplayRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReplayRefused(final String message) {
        super(message);
    }
}
