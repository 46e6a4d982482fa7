package io.nelumbo.statemachine.raft;

import io.nelumbo.statemachine.raft.SnapshotStore.Unpublished;
import io.nelumbo.statemachine.snapshot.FrozenSnapshot;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes snapshots on a thread of their own, while batches go on being applied, one at a time: on
 * the applying thread even a small one would be felt, for what waits in front of it is the journal
 * being forced. It is told to Ratis when Ratis asks for the next time after it was written; Ratis
 * is asked to. Owned by the applying thread; its owner's monitor guards all but the counting.
 *
 * <p>Ratis takes its server's lock before it answers to being asked, and holds that lock when it
 * waits for our owner's monitor: so it is asked on threads that hold nothing and that nobody waits
 * for.
 */
final class SnapshotTaking {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotTaking.class);

    private final SnapshotStore snapshots;
    private final SnapshotInterval interval;
    private final PurgedSegments purged;
    private final HaltLatch halt;
    private final Ending ending;
    private final Supplier<CompletableFuture<?>> ask;

    /** Under way, or written and not told; empty if it was abandoned, or failed, which halts. */
    private @Nullable CompletableFuture<@Nullable Unpublished> writing;

    /** Nobody wants what is under way; read by the thread that writes it. */
    private volatile boolean abandoned;

    /** We asked Ratis to ask, for one that it may be told before: no reason to begin another. */
    private final AtomicInteger asks = new AtomicInteger();

    /**
     * @param ask has Ratis ask for a snapshot soon, and is done when it has
     */
    SnapshotTaking(
            final SnapshotStore snapshots,
            final SnapshotInterval interval,
            final PurgedSegments purged,
            final HaltLatch halt,
            final Ending ending,
            final Supplier<CompletableFuture<?>> ask) {
        this.snapshots = snapshots;
        this.interval = interval;
        this.purged = purged;
        this.halt = halt;
        this.ending = ending;
        this.ask = ask;
    }

    /** The ledger is a snapshot's, or empty: everything is applied behind that. */
    void restored() {
        interval.restored();
    }

    /** A batch of so many bytes was applied; whether it is time to {@link #begin} a snapshot. */
    boolean isDueAfter(final int batchBytes) {
        return interval.isDueAfter(batchBytes, snapshots.ledgerBytes());
    }

    /**
     * Begins one, unless the one before is not told yet, or the log is being replayed under a
     * longer journal.
     */
    void begin(final TermIndex applied) {
        if (writing != null) {
            if (writing.isDone() && asks.compareAndSet(0, 1)) {
                // Ratis could not be asked then, as while it was still starting.
                interval.begun();
                start("snapshot-asker", this::ask);
            }
            return;
        }
        final FrozenSnapshot frozen = snapshots.freeze(applied);
        if (frozen != null) {
            interval.begun();
            writing = begin(frozen);
        }
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
        if (ending.isClosing()) {
            return snapshots.take(applied) ? applied.getIndex() : RaftLog.INVALID_LOG_INDEX;
        }
        if (asks.get() == 0) {
            begin(applied);
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
        start("snapshot-writer", () -> write(frozen, written));
        return written;
    }

    private void write(
            final FrozenSnapshot frozen, final CompletableFuture<@Nullable Unpublished> written) {
        try {
            final Unpublished unpublished = snapshots.write(frozen, () -> abandoned);
            if (!abandoned) {
                purged.nameUpTo(frozen.raftIndex());
            }
            // Before anybody sees that it is written, and would ask for it, too.
            asks.incrementAndGet();
            written.complete(unpublished);
            ask();
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

    /** Counted already; whatever comes of it, it is asked again when the next one is due. */
    private void ask() {
        final var unused =
                ask.get()
                        .whenComplete(
                                (reply, failure) -> {
                                    asks.decrementAndGet();
                                    if (failure != null) {
                                        LOG.info(
                                                "Ratis does not take the snapshot over yet: {}",
                                                Causes.rootOf(failure).toString());
                                    }
                                });
    }

    private static void start(final String name, final Runnable work) {
        final Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
