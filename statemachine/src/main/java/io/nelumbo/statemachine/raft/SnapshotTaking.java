package io.nelumbo.statemachine.raft;

import io.nelumbo.statemachine.raft.SnapshotStore.Unpublished;
import io.nelumbo.statemachine.snapshot.FrozenSnapshot;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes snapshots: small ones at once, large ones on a thread of their own while batches go on
 * being applied, one at a time. Ratis asks again after each round of entries until it is told an
 * index, so a large one is told when it is asked for the next time after it was written. Its
 * owner's monitor guards it.
 */
final class SnapshotTaking {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotTaking.class);

    private final SnapshotStore snapshots;
    private final HaltLatch halt;
    private final Ending ending;

    /** Under way, or written and not told; empty if it was abandoned, or failed, which halts. */
    private @Nullable CompletableFuture<@Nullable Unpublished> writing;

    /** Nobody wants what is under way; read by the thread that writes it. */
    private volatile boolean abandoned;

    SnapshotTaking(final SnapshotStore snapshots, final HaltLatch halt, final Ending ending) {
        this.snapshots = snapshots;
        this.halt = halt;
        this.ending = ending;
    }

    /**
     * Takes a snapshot, begins one, or finishes the one that was begun. On the applying thread.
     *
     * @return Raft index of a snapshot that is durable now, or {@link RaftLog#INVALID_LOG_INDEX}
     */
    long take(final TermIndex applied) throws IOException {
        if (ending.isClosing()) {
            // The last one of this run, which nobody would ask for again.
            abandon();
        }
        if (writing != null) {
            return writing.isDone() ? publish(writing.join()) : RaftLog.INVALID_LOG_INDEX;
        }
        if (ending.isClosing() || !snapshots.isLarge()) {
            return snapshots.take(applied) ? applied.getIndex() : RaftLog.INVALID_LOG_INDEX;
        }
        final FrozenSnapshot frozen = snapshots.freeze(applied);
        if (frozen != null) {
            writing = begin(frozen);
        }
        return RaftLog.INVALID_LOG_INDEX;
    }

    /**
     * Waits until nothing is written any more; what was written is not told. For whoever takes the
     * folder over or closes it, perhaps under Ratis's lock: so the writer is asked to stop, and
     * finishes no more than the chunk, or the fsync, that it is at.
     */
    void abandon() {
        if (writing != null) {
            abandoned = true;
            final var unused = writing.join();
            writing = null;
        }
    }

    private long publish(final @Nullable Unpublished written) throws IOException {
        writing = null;
        if (written == null) {
            return RaftLog.INVALID_LOG_INDEX;
        }
        snapshots.publish(written);
        return written.at().getIndex();
    }

    private CompletableFuture<@Nullable Unpublished> begin(final FrozenSnapshot frozen) {
        final CompletableFuture<@Nullable Unpublished> written = new CompletableFuture<>();
        abandoned = false;
        final Thread thread = new Thread(() -> write(frozen, written), "snapshot-writer");
        thread.setDaemon(true);
        thread.start();
        return written;
    }

    private void write(
            final FrozenSnapshot frozen, final CompletableFuture<@Nullable Unpublished> written) {
        try {
            written.complete(snapshots.write(frozen, () -> abandoned));
        } catch (final SnapshotAbandoned e) {
            LOG.info("the snapshot at Raft index {} was abandoned", frozen.raftIndex());
            written.complete(null);
        } catch (final Exception | Error e) {
            halt.halt(
                    "no snapshot could be taken at Raft index "
                            + frozen.raftIndex()
                            + ": "
                            + e.getMessage(),
                    e);
            written.complete(null);
        }
    }
}
