package io.nelumbo.statemachine.snapshot;

/**
 * What was read to its end is not a whole snapshot, or its parts do not belong together: these
 * bytes will never be one. Use an older snapshot, or fetch one from a peer; if there is neither,
 * halt.
 */
public final class SnapshotDamaged extends SnapshotFailure {
    private static final long serialVersionUID = 1L;

    public SnapshotDamaged(final String message) {
        super(message);
    }

    public SnapshotDamaged(final String message, final Throwable cause) {
        super(message, cause);
    }
}
