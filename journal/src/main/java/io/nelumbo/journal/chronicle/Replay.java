package io.nelumbo.journal.chronicle;

import io.nelumbo.journal.JournalFailure;
import io.nelumbo.journal.RecordDecoder;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Finds records that the Raft log applies again after a restart. They come in order, so the scan
 * stays where it is between calls. Owned by the appending thread.
 */
final class Replay implements AutoCloseable {

    private final Path folder;
    private final Waypoints waypoints;
    private @Nullable JournalScan scan;

    Replay(final Path folder, final Waypoints waypoints) {
        this.folder = folder;
        this.waypoints = waypoints;
    }

    /**
     * The record of a Raft index that is not above the journal's last.
     *
     * @throws JournalFailure if there is none: what was journaled and what is applied now differ
     */
    RecordDecoder recordOf(final long raftIndex) throws IOException {
        final JournalScan from = scanBefore(raftIndex);
        while (from.position().raftIndex() < raftIndex) {
            if (from.next() != JournalScan.Step.RECORD) {
                throw new JournalFailure(
                        "Expected Raft index "
                                + raftIndex
                                + " in the journal but it is broken in "
                                + from.faultPlace());
            }
        }
        if (from.position().raftIndex() != raftIndex) {
            throw new JournalFailure(
                    "Expected Raft index "
                            + raftIndex
                            + " in the journal, whose last is higher, but the one that follows is "
                            + from.position().raftIndex());
        }
        return from.record();
    }

    @Override
    public void close() throws IOException {
        if (scan != null) {
            scan.close();
            scan = null;
        }
    }

    private JournalScan scanBefore(final long raftIndex) throws IOException {
        if (scan == null || scan.position().raftIndex() >= raftIndex) {
            close();
            scan = waypoints.scanAfterRaftIndex(folder, raftIndex - 1);
        }
        return scan;
    }
}
