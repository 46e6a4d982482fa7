package io.nelumbo.statemachine.snapshot;

/**
 * A snapshot could not be written, or what was read is not a whole snapshot that this version
 * knows. The ledger is untouched. After a failed read: use an older snapshot, or fetch one from a
 * peer; if there is neither, halt. After a failed write: halt (I11).
 */
public final class SnapshotFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SnapshotFailure(final String message) {
        super(message);
    }

    public SnapshotFailure(final String message, final Throwable cause) {
        super(message, cause);
    }
}
