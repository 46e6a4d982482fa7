package io.nelumbo.statemachine.snapshot;

/**
 * A snapshot could not be written or read; the ledger is untouched. What is to be done differs by
 * kind, so each is a type. After a failed write: halt (I11).
 */
public abstract sealed class SnapshotFailure extends RuntimeException
        permits SnapshotDamaged, SnapshotVersionUnknown, SnapshotStreamFailed {
    private static final long serialVersionUID = 1L;

    SnapshotFailure(final String message) {
        super(message);
    }

    SnapshotFailure(final String message, final Throwable cause) {
        super(message, cause);
    }
}
