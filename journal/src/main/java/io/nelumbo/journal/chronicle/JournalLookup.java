package io.nelumbo.journal.chronicle;

import io.nelumbo.journal.JournalFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads records back from disk while others append. Any thread: each call opens a scan of its own,
 * and goes no further than what was appended before the call.
 */
final class JournalLookup {

    private final Path folder;
    private final Waypoints waypoints;
    private final Durability durability;

    JournalLookup(final Path folder, final Waypoints waypoints, final Durability durability) {
        this.folder = folder;
        this.waypoints = waypoints;
        this.durability = durability;
    }

    List<byte[]> recordsAfter(final long raftIndex, final int maxBytes) throws IOException {
        final long lastRaftIndex = durability.appended().position().raftIndex();
        final List<byte[]> records = new ArrayList<>();
        if (raftIndex >= lastRaftIndex) {
            return records;
        }
        try (JournalScan scan = waypoints.scanAfterRaftIndex(folder, raftIndex)) {
            long bytes = 0;
            while (scan.position().raftIndex() < lastRaftIndex) {
                step(scan);
                if (scan.position().raftIndex() <= raftIndex) {
                    continue;
                }
                final byte[] record = scan.record().toBytes();
                bytes += record.length;
                if (bytes > maxBytes && !records.isEmpty()) {
                    break;
                }
                records.add(record);
            }
        }
        return records;
    }

    byte @Nullable [] batchOf(final long sequence) throws IOException {
        if (sequence < 0 || sequence >= durability.appended().position().nextSequence()) {
            return null;
        }
        try (JournalScan scan = waypoints.scanBeforeSequence(folder, sequence)) {
            while (scan.position().nextSequence() <= sequence) {
                step(scan);
            }
            return scan.record().payload();
        }
    }

    private void step(final JournalScan scan) throws IOException {
        switch (scan.next()) {
            case RECORD -> {
                // The scan holds it.
            }
            case END ->
                    throw new JournalFailure(
                            "Expected more records in the journal "
                                    + folder
                                    + " but it ends in "
                                    + scan.place()
                                    + " after "
                                    + scan.position());
            case BROKEN ->
                    throw new JournalFailure(
                            "The journal "
                                    + folder
                                    + " is damaged in "
                                    + scan.faultPlace()
                                    + ": "
                                    + scan.fault()
                                    + ". Keep the folder for inspection, move it away, and let the"
                                    + " node fetch the journal from a peer");
        }
    }
}
