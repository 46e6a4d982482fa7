package io.nelumbo.journal.chronicle;

import io.nelumbo.journal.Fault;
import io.nelumbo.journal.JournalFailure;
import io.nelumbo.journal.JournalPosition;
import io.nelumbo.journal.RecordDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out at the start where the journal really ends: reads on from the checkpoint, verifies each
 * record, and sets a bad tail aside. Used once, by the holder of the folder's lock. What lies
 * before the checkpoint is not read here; whoever reads it later verifies it then.
 */
final class Recovery {

    /** The journal's end, and an appender that goes on behind it. */
    record Opened(JournalEnd end, CycleAppender appender) {}

    private static final int MAX_REPAIRS = 3;

    private final Path folder;
    private final ChronicleJournalOptions options;
    private final Waypoints waypoints;
    private final TailRepair repair;
    private final @Nullable Checkpoint checkpoint;
    private @Nullable Place stopped;

    /**
     * @param waypoints to be filled on the way
     */
    Recovery(final Path folder, final ChronicleJournalOptions options, final Waypoints waypoints)
            throws IOException {
        this.folder = folder;
        this.options = options;
        this.waypoints = waypoints;
        repair = new TailRepair(folder, options);
        checkpoint = CheckpointFile.read(folder);
    }

    /** Just after the last record that was made durable before this start. */
    JournalPosition durable() {
        return checkpoint == null ? JournalPosition.genesis() : checkpoint.position();
    }

    /**
     * Reads to the end, repairing it if need be, and opens Chronicle there.
     *
     * @throws JournalFailure if a record is damaged or missing that had been made durable
     */
    Opened open() throws IOException {
        repair.discardUnfinishedRewrite();
        for (int repairs = 0; repairs <= MAX_REPAIRS; repairs++) {
            final JournalEnd end = readToEnd();
            if (end == null) {
                continue;
            }
            final CycleAppender appender = openChronicle(end);
            if (appender != null) {
                return new Opened(end, appender);
            }
        }
        throw new JournalFailure(
                "The journal "
                        + folder
                        + " is still damaged after "
                        + MAX_REPAIRS
                        + " repairs: move the folder away and let the node fetch it from a peer");
    }

    /** Null if Chronicle cannot go on with its last file, which is rewritten then. */
    private @Nullable CycleAppender openChronicle(final JournalEnd end) throws IOException {
        final CycleAppender appender;
        try {
            appender = CycleAppender.open(folder, options, end.position().timestampNs());
        } catch (final JournalFailure refused) {
            throw refused;
        } catch (final IOException | RuntimeException | InternalError | AssertionError cause) {
            // Chronicle throws checked exceptions that it does not declare.
            if (stopped == null) {
                throw cause;
            }
            final Fault fault = new Fault("a file that Chronicle can open", cause.toString());
            repair.setAside(stopped, end.position(), end.end(), fault);
            return null;
        }
        if (stopped == null) {
            return appender;
        }
        final long lastExcerptAt = appender.lastExcerptAt();
        final long lastRecordAt = lastRecordAt(end, stopped.fileName());
        if (lastRecordAt < 0 ? lastExcerptAt < stopped.position() : lastExcerptAt == lastRecordAt) {
            return appender;
        }
        // Its write position and the records reach the disk in any order: it may point anywhere.
        appender.close();
        final Fault fault =
                new Fault("Chronicle to go on after " + lastRecordAt, "after " + lastExcerptAt);
        repair.setAside(stopped, end.position(), end.end(), fault);
        return null;
    }

    /** Where the last record's Chronicle header is, or -1 if its file has no record yet. */
    private long lastRecordAt(final JournalEnd end, final String lastFileName) throws IOException {
        if (!end.begin().fileName().equals(lastFileName)) {
            return -1;
        }
        try (CycleFileReader reader =
                new CycleFileReader(folder.resolve(lastFileName), end.begin().position())) {
            reader.next();
            return reader.excerptAt();
        }
    }

    private @Nullable JournalEnd readToEnd() throws IOException {
        waypoints.clear();
        try (JournalScan scan = scanFromCheckpoint()) {
            boolean checkpointMet = scan.position().equals(durable());
            Place begin = checkpoint == null ? Place.BEFORE_ALL : checkpoint.begin();
            Place before = scan.place();
            JournalScan.Step step = scan.next();
            while (step == JournalScan.Step.RECORD) {
                begin = before.beginOfNextIn(scan.place().fileName());
                before = scan.place();
                waypoints.pass(scan.position(), scan.place());
                checkpointMet |= scan.position().equals(durable());
                step = scan.next();
            }
            if (!checkpointMet) {
                throw lostDurableRecords(scan, step);
            }
            if (step == JournalScan.Step.BROKEN) {
                repair.setAside(scan.faultPlace(), scan.position(), scan.place(), scan.fault());
                return null;
            }
            return repairBehind(scan) ? null : new JournalEnd(scan.position(), begin, scan.place());
        }
    }

    private JournalScan scanFromCheckpoint() throws IOException {
        final Place end = checkpoint == null ? null : endOfCheckpointRecord(checkpoint);
        if (checkpoint == null || end == null) {
            waypoints.add(JournalPosition.genesis(), Place.BEFORE_ALL);
            return JournalScan.fromGenesis(folder);
        }
        new WaypointRecovery(folder, waypoints).addBefore(end);
        waypoints.add(checkpoint.position(), end);
        return new JournalScan(folder, end, checkpoint.position());
    }

    /** Null if the record is not where the checkpoint says: a repair may have moved it. */
    private @Nullable Place endOfCheckpointRecord(final Checkpoint from) throws IOException {
        final Path file = folder.resolve(from.begin().fileName());
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try (CycleFileReader reader = new CycleFileReader(file, from.begin().position())) {
            if (reader.next() != CycleFileReader.Step.EXCERPT) {
                return null;
            }
            final RecordDecoder record = new RecordDecoder();
            final Fault fault =
                    record.wrap(
                            reader.excerptArray(), reader.excerptOffset(), reader.excerptLength());
            final boolean found =
                    fault == null
                            && record.faultAfter(record.positionBefore()) == null
                            && record.position().equals(from.position());
            return found ? new Place(from.begin().fileName(), reader.position()) : null;
        }
    }

    /** Looks behind the end; true if something was there that had to be set aside. */
    private boolean repairBehind(final JournalScan scan) throws IOException {
        stopped = null;
        final List<String> names = CycleFiles.in(folder);
        if (names.isEmpty()) {
            return false;
        }
        final String last = names.get(names.size() - 1);
        final Place end = scan.place();
        final Place from = end.beginOfNextIn(last);
        try (CycleFileReader reader = new CycleFileReader(folder.resolve(last), from.position())) {
            final Fault fault = faultBehind(reader);
            stopped = new Place(last, reader.stoppedAt());
            if (fault == null) {
                return false;
            }
            repair.setAside(stopped, scan.position(), end, fault);
            return true;
        }
    }

    /** A record whose writer died is no fault: Chronicle overwrites it. Anything else is. */
    private static @Nullable Fault faultBehind(final CycleFileReader reader) throws IOException {
        if (!reader.hasFileHeader()) {
            return new Fault("the header of a Chronicle file", "none");
        }
        if (reader.next() == CycleFileReader.Step.END_OF_CYCLE) {
            return null;
        }
        final long behind = reader.stoppedAt() + Integer.BYTES;
        final long residue = reader.lastResidue(behind);
        if (residue < 0 || RecordDecoder.mayBeginWith(reader.intAt(behind))) {
            return null;
        }
        return new Fault("nothing behind the last record", "bytes up to " + residue);
    }

    private JournalFailure lostDurableRecords(final JournalScan scan, final JournalScan.Step step) {
        return new JournalFailure(
                "The journal "
                        + folder
                        + " lost durable records: expected to reach "
                        + durable()
                        + " as its checkpoint says, but it "
                        + (step == JournalScan.Step.BROKEN
                                ? "is damaged in " + scan.faultPlace() + ": " + scan.fault()
                                : "ends in " + scan.place())
                        + " after "
                        + scan.position()
                        + ". Keep the folder for inspection, move it away, and let the node fetch"
                        + " the journal from a peer");
    }
}
