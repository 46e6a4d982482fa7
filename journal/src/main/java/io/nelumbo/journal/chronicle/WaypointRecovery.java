package io.nelumbo.journal.chronicle;

import io.nelumbo.journal.JournalPosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds waypoints before the checkpoint at a start: the begin of each file, and what the last run
 * left in its {@link WaypointFile}. A repair may have moved the records since; a place counts if
 * the record that begins there is sound and continues the hash that it should. Owned by the
 * starting thread.
 */
final class WaypointRecovery {

    /** A file's begin has no hash to continue: whatever stands there first is taken. */
    private record Candidate(Place place, byte @Nullable [] hash) {}

    private final Path folder;
    private final Waypoints waypoints;

    WaypointRecovery(final Path folder, final Waypoints waypoints) {
        this.folder = folder;
        this.waypoints = waypoints;
    }

    /** Adds those in front of a place, in order. */
    void addBefore(final Place end) throws IOException {
        long lastRaftIndex = Long.MIN_VALUE;
        for (final Candidate candidate : candidatesBefore(end)) {
            final JournalPosition position = positionAt(candidate);
            if (position != null && position.raftIndex() > lastRaftIndex) {
                waypoints.add(position, candidate.place());
                lastRaftIndex = position.raftIndex();
            }
        }
    }

    private List<Candidate> candidatesBefore(final Place end) throws IOException {
        final List<Candidate> candidates = new ArrayList<>();
        for (final String name : CycleFiles.in(folder)) {
            if (name.compareTo(end.fileName()) <= 0) {
                candidates.add(new Candidate(new Place(name, 0), null));
            }
        }
        for (final WaypointFile.Mark mark : WaypointFile.read(folder)) {
            if (Place.ORDER.compare(mark.place(), end) < 0) {
                candidates.add(new Candidate(mark.place(), mark.hash()));
            }
        }
        candidates.sort(Comparator.comparing(Candidate::place, Place.ORDER));
        return candidates;
    }

    private @Nullable JournalPosition positionAt(final Candidate candidate) throws IOException {
        final Path file = folder.resolve(candidate.place().fileName());
        if (!Files.isRegularFile(file)) {
            return null;
        }
        final JournalPosition position =
                TailRepair.positionBeforeRecordAt(file, candidate.place().position());
        final byte[] hash = candidate.hash();
        return position == null || hash == null || Arrays.equals(hash, position.hash())
                ? position
                : null;
    }
}
