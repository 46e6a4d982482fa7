package io.nelumbo.journal.chronicle;

import io.nelumbo.journal.Fault;
import io.nelumbo.journal.JournalPosition;
import io.nelumbo.journal.RecordDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Walks through a journal's records from any place, over all files, and verifies each record and
 * the chain between them. Owned by one thread. Writes nothing.
 */
final class JournalScan implements AutoCloseable {

    /** What stands at the scan's place. */
    enum Step {
        RECORD,
        /** The journal ends here, for now. */
        END,
        /** What stands here cannot belong to this journal; nothing behind it counts. */
        BROKEN
    }

    private final Path folder;
    private final RecordDecoder record = new RecordDecoder();
    private final Queue<String> upcomingFileNames = new ArrayDeque<>();
    private @Nullable CycleFileReader reader;
    private String fileName;
    private JournalPosition position;
    private Place place;
    private @Nullable Place gap;
    private @Nullable Place faultPlace;
    private @Nullable Fault fault;

    /**
     * @param place where the next record begins, or {@link Place#BEFORE_ALL}
     * @param position just after the record before it
     */
    JournalScan(final Path folder, final Place place, final JournalPosition position)
            throws IOException {
        this.folder = folder;
        this.position = position;
        this.place = place;
        fileName = place.fileName();
        if (!place.equals(Place.BEFORE_ALL)) {
            reader = new CycleFileReader(folder.resolve(fileName), place.position());
        }
    }

    /** A scan of the whole journal. */
    static JournalScan fromGenesis(final Path folder) throws IOException {
        return new JournalScan(folder, Place.BEFORE_ALL, JournalPosition.genesis());
    }

    /** Takes one step; after END or BROKEN it may be tried again. */
    Step next() throws IOException {
        if (reader == null && !openNextFile()) {
            return Step.END;
        }
        while (true) {
            final CycleFileReader current = current();
            final long begin = current.position();
            switch (current.next()) {
                case EXCERPT -> {
                    return recordAt(current, begin);
                }
                case FAULT -> {
                    return broken(current.stoppedAt(), current.fault());
                }
                case END_OF_CYCLE -> {
                    if (!openNextFile()) {
                        return Step.END;
                    }
                }
                case END -> {
                    if (!passGap(current)) {
                        return Step.END;
                    }
                }
            }
        }
    }

    /** The record that the last step found, until the next step. */
    RecordDecoder record() {
        return record;
    }

    /** Just after the last record that was found. */
    JournalPosition position() {
        return position;
    }

    /** Where the last record that was found ends and the next one begins. */
    Place place() {
        return place;
    }

    /** Where the fault is, after BROKEN. */
    Place faultPlace() {
        return faultPlace == null ? place : faultPlace;
    }

    /** What is wrong there, after BROKEN. */
    Fault fault() {
        return fault == null ? new Fault("a record", "none") : fault;
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
        }
    }

    private Step recordAt(final CycleFileReader current, final long begin) throws IOException {
        Fault found = faultOf(current);
        if (found != null) {
            // Beside a live writer the bytes may have been read before they were all there.
            current.moveTo(begin);
            found = current.next() == CycleFileReader.Step.EXCERPT ? faultOf(current) : found;
        }
        if (found != null) {
            current.moveTo(begin);
            return broken(begin, found);
        }
        position = record.position();
        place = new Place(fileName, current.position());
        gap = null;
        return Step.RECORD;
    }

    private @Nullable Fault faultOf(final CycleFileReader current) {
        final Fault inside =
                record.wrap(
                        current.excerptArray(), current.excerptOffset(), current.excerptLength());
        return inside == null ? record.faultAfter(position) : inside;
    }

    private Step broken(final long at, final @Nullable Fault found) {
        // A file that ended without its mark, and then a record that does not follow: lost there.
        faultPlace = gap == null ? new Place(fileName, at) : gap;
        fault = found;
        return Step.BROKEN;
    }

    /**
     * This file just ends. If a later one exists it had been finished: look again, for what came in
     * between; then the chain tells whether anything is missing, for the mark alone may be lost.
     */
    private boolean passGap(final CycleFileReader current) throws IOException {
        if (nextFileName() == null) {
            return false;
        }
        final long begin = current.position();
        current.moveTo(begin);
        final CycleFileReader.Step again = current.next();
        current.moveTo(begin);
        if (again == CycleFileReader.Step.END) {
            gap = new Place(fileName, current.stoppedAt());
            return openNextFile();
        }
        return true;
    }

    private boolean openNextFile() throws IOException {
        final String next = nextFileName();
        if (next == null) {
            return false;
        }
        close();
        reader = new CycleFileReader(folder.resolve(next), 0);
        fileName = upcomingFileNames.remove();
        return true;
    }

    /** Files only ever come behind the others, so the folder is listed when the list is used up. */
    private @Nullable String nextFileName() throws IOException {
        if (upcomingFileNames.isEmpty()) {
            for (final String name : CycleFiles.in(folder)) {
                if (name.compareTo(fileName) > 0) {
                    upcomingFileNames.add(name);
                }
            }
        }
        return upcomingFileNames.peek();
    }

    private CycleFileReader current() {
        if (reader == null) {
            throw new IllegalStateException("expected an open file but was none");
        }
        return reader;
    }
}
