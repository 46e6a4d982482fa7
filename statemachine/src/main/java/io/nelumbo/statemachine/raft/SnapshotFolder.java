package io.nelumbo.statemachine.raft;

import java.io.IOException;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotRetentionPolicy;
import org.apache.ratis.statemachine.impl.SimpleStateMachineStorage;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.jspecify.annotations.Nullable;

/**
 * Ratis's {@code sm/} folder, which remembers that there is no snapshot in it. Ratis 3.3.0 asks for
 * the latest one before it sends an entry to a follower, and its own class lists the folder each
 * time for as long as there is none: a third of what an appender does in a young cluster. It also
 * wants old ones removed after each round of entries that is applied while a large one is written;
 * there are none to remove before another was added. Any thread.
 */
final class SnapshotFolder extends SimpleStateMachineStorage {
    private volatile boolean empty;
    private volatile boolean swept;

    /** Looks into the folder; what comes later is either told or looked for. */
    @Override
    public void init(final RaftStorage storage) throws IOException {
        empty = false;
        super.init(storage);
        empty = super.getLatestSnapshot() == null;
    }

    @Override
    public @Nullable SingleFileSnapshotInfo getLatestSnapshot() {
        return empty ? null : super.getLatestSnapshot();
    }

    /**
     * Also called by the one that looks into the folder: at the start and after an installation.
     */
    @Override
    public @Nullable SingleFileSnapshotInfo updateLatestSnapshot(
            final @Nullable SingleFileSnapshotInfo info) {
        final SingleFileSnapshotInfo latest = super.updateLatestSnapshot(info);
        if (latest != null) {
            empty = false;
            swept = false;
        }
        return latest;
    }

    @Override
    public void cleanupOldSnapshots(final @Nullable SnapshotRetentionPolicy policy)
            throws IOException {
        if (!swept && !empty) {
            swept = true;
            super.cleanupOldSnapshots(policy);
        }
    }
}
