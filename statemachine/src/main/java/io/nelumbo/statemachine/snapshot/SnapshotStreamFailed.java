package io.nelumbo.statemachine.snapshot;

import java.io.IOException;

/**
 * The stream under a snapshot failed, which says nothing of the snapshot. Reading: leave the file
 * as it is, and mend the disk. Writing: what was written is worthless; halt (I11).
 */
public final class SnapshotStreamFailed extends SnapshotFailure {
    private static final long serialVersionUID = 1L;

    public SnapshotStreamFailed(final String message, final IOException cause) {
        super(message, cause);
    }
}
