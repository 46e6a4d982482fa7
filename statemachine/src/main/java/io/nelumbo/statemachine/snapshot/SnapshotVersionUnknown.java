package io.nelumbo.statemachine.snapshot;

/**
 * The snapshot names a format version that is not known here, so another release wrote it and
 * nothing is wrong with it. Never fall back to an older one: run a release that knows the version.
 */
public final class SnapshotVersionUnknown extends SnapshotFailure {
    private static final long serialVersionUID = 1L;

    public SnapshotVersionUnknown(final String message) {
        super(message);
    }

    public SnapshotVersionUnknown(final String message, final Throwable cause) {
        super(message, cause);
    }
}
