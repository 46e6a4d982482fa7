package io.nelumbo.journal.chronicle;

import io.nelumbo.journal.JournalFailure;
import io.nelumbo.journal.JournalPosition;
import io.nelumbo.journal.JournalReader;
import io.nelumbo.journal.JournalRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads a journal folder with plain reads, beside a node or without one. Owned by one thread. */
public final class ChronicleJournalReader implements JournalReader {

    private final Path folder;
    private final JournalScan scan;

    private ChronicleJournalReader(final Path folder, final JournalScan scan) {
        this.folder = folder;
        this.scan = scan;
    }

    /**
     * Opens a journal at its first record.
     *
     * @throws JournalFailure if the folder does not exist or cannot be read
     */
    public static ChronicleJournalReader open(final Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new JournalFailure("There is no journal folder " + folder);
        }
        try {
            return new ChronicleJournalReader(folder, JournalScan.fromGenesis(folder));
        } catch (final IOException cause) {
            throw new JournalFailure("Cannot read the journal " + folder, cause);
        }
    }

    /**
     * Opens a journal just after a Raft index. What lies before is verified on the way.
     *
     * @throws JournalFailure if the folder does not exist, cannot be read, or is damaged before
     */
    public static ChronicleJournalReader openAfter(final Path folder, final long raftIndex) {
        try (ChronicleJournalReader ahead = open(folder)) {
            JournalPosition position = ahead.position();
            Place place = ahead.scan.place();
            JournalRecord record = ahead.next();
            while (record != null && record.raftIndex() <= raftIndex) {
                position = ahead.position();
                place = ahead.scan.place();
                record = ahead.next();
            }
            return new ChronicleJournalReader(folder, new JournalScan(folder, place, position));
        } catch (final IOException cause) {
            throw new JournalFailure("Cannot read the journal " + folder, cause);
        }
    }

    @Override
    public @Nullable JournalRecord next() {
        try {
            return switch (scan.next()) {
                case RECORD -> scan.record().toRecord();
                case END -> null;
                case BROKEN ->
                        throw new JournalFailure(
                                "The journal "
                                        + folder
                                        + " is damaged in "
                                        + scan.faultPlace()
                                        + " after "
                                        + scan.position()
                                        + ": "
                                        + scan.fault());
            };
        } catch (final IOException cause) {
            throw new JournalFailure("Cannot read the journal " + folder, cause);
        }
    }

    @Override
    public JournalPosition position() {
        return scan.position();
    }

    @Override
    public void close() {
        try {
            scan.close();
        } catch (final IOException cause) {
            throw new JournalFailure("Cannot close the journal " + folder, cause);
        }
    }
}
