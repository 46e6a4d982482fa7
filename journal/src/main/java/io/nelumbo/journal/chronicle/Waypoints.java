package io.nelumbo.journal.chronicle;

import io.nelumbo.journal.JournalPosition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A sparse index of the journal in memory: places from which to read on, in order. Bounded: when it
 * is full every second one is dropped and only half as many are kept from then on. Any thread.
 */
final class Waypoints {

    /** Where the record after a position begins. */
    record Waypoint(JournalPosition position, Place place) {}

    private static final int CAPACITY = 4096;

    /** What is nearer to the end than so many Raft indices is read anyway. */
    private static final long NEAREST_SPARSE = 16;

    private static final long FARTHEST_SPARSE = 1L << 48;
    static final int MAX_SPARSE = 90;

    private final Waypoint[] waypoints = new Waypoint[CAPACITY];
    private int size;
    private int spacingRecords = 1;
    private int recordsSinceLast;

    /** Forgets all. */
    synchronized void clear() {
        size = 0;
        spacingRecords = 1;
        recordsSinceLast = 0;
    }

    /** Adds a waypoint behind all others. */
    synchronized void add(final JournalPosition position, final Place place) {
        if (size == CAPACITY) {
            thinOut();
        }
        waypoints[size++] = new Waypoint(position, place);
        recordsSinceLast = 0;
    }

    /** A record was passed; every so many of them leave a waypoint. */
    synchronized void pass(final JournalPosition position, final Place place) {
        if (++recordsSinceLast >= spacingRecords) {
            add(position, place);
        }
    }

    /**
     * A few that lie up to a Raft index, in order, the further back the wider apart: however far
     * back something is, the next waypoint before it is no more than half as far again. At most
     * {@value #MAX_SPARSE}.
     */
    synchronized List<Waypoint> sparseUpTo(final long raftIndex) {
        final Deque<Waypoint> sparse = new ArrayDeque<>();
        // No further back than the log goes: this is done with each force, some twenty a second.
        final long farthest = Math.min(FARTHEST_SPARSE, raftIndex);
        for (long octave = NEAREST_SPARSE; octave <= farthest; octave *= 2) {
            addLastUpTo(raftIndex - octave, sparse);
            addLastUpTo(raftIndex - octave - octave / 2, sparse);
        }
        return List.copyOf(sparse);
    }

    private void addLastUpTo(final long raftIndex, final Deque<Waypoint> sparse) {
        final Waypoint waypoint = last(each -> each.position().raftIndex() <= raftIndex);
        if (waypoint != null
                && !waypoint.place().equals(Place.BEFORE_ALL)
                && !waypoint.equals(sparse.peekFirst())) {
            sparse.addFirst(waypoint);
        }
    }

    /** A scan that is before the first record above a Raft index, and not far. */
    JournalScan scanAfterRaftIndex(final Path folder, final long raftIndex) throws IOException {
        return scan(folder, last(waypoint -> waypoint.position().raftIndex() <= raftIndex));
    }

    /** A scan that is before the record with a sequence, and not far. */
    JournalScan scanBeforeSequence(final Path folder, final long sequence) throws IOException {
        return scan(folder, last(waypoint -> waypoint.position().nextSequence() <= sequence));
    }

    private static JournalScan scan(final Path folder, final @Nullable Waypoint from)
            throws IOException {
        return from == null
                ? JournalScan.fromGenesis(folder)
                : new JournalScan(folder, from.place(), from.position());
    }

    /** The last waypoint of those, at the beginning, that are not too far. */
    private synchronized @Nullable Waypoint last(final Predicate<Waypoint> notTooFar) {
        int low = 0;
        int high = size;
        while (low < high) {
            final int middle = (low + high) >>> 1;
            if (notTooFar.test(waypoints[middle])) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? null : waypoints[low - 1];
    }

    private void thinOut() {
        size = CAPACITY / 2;
        for (int n = 0; n < size; n++) {
            waypoints[n] = waypoints[2 * n];
        }
        spacingRecords = Math.multiplyExact(spacingRecords, 2);
    }
}
