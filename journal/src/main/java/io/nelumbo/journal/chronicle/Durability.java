package io.nelumbo.journal.chronicle;

import io.nelumbo.journal.JournalPosition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was appended, and how much of it would survive a power cut. One thread appends, any thread
 * forces; they meet here and nowhere else.
 */
final class Durability {

    private static final Logger LOGGER = LoggerFactory.getLogger(Durability.class);

    /** Those of a few records ago lead there as well, and forces may come often. */
    private static final int RAFT_INDICES_BETWEEN_WAYPOINTS = 32;

    private final Path folder;
    private final Waypoints waypoints;
    private final Object forcing = new Object();
    private final Object publishing = new Object();
    private final Set<String> unforcedFileNames = new LinkedHashSet<>();
    private volatile JournalEnd appended;
    private volatile JournalPosition durable;
    private String lastForcedFileName = "";
    private boolean leavesWaypoints = true;
    private long waypointsLeftAt = Long.MIN_VALUE / 2;

    /**
     * @param found the end that a start found; its file may not be on disk yet
     * @param durable what an earlier checkpoint says
     * @param fileNames files that may hold records behind that checkpoint
     * @param waypoints of which some are kept for the next start
     */
    Durability(
            final Path folder,
            final JournalEnd found,
            final JournalPosition durable,
            final List<String> fileNames,
            final Waypoints waypoints) {
        this.waypoints = waypoints;
        this.folder = folder;
        this.durable = durable;
        appended = found;
        unforcedFileNames.addAll(fileNames);
    }

    /** A record was appended. When it began a new file, the file before got its end mark then. */
    void append(final JournalEnd end) {
        synchronized (publishing) {
            unforcedFileNames.add(appended.end().fileName());
            unforcedFileNames.add(end.end().fileName());
            appended = end;
        }
    }

    JournalEnd appended() {
        return appended;
    }

    JournalPosition durable() {
        return durable;
    }

    /**
     * Makes everything that was appended before this call durable, then says so in a checkpoint.
     */
    void force() throws IOException {
        synchronized (forcing) {
            final JournalEnd upTo;
            final List<String> fileNames;
            synchronized (publishing) {
                upTo = appended;
                fileNames = unforcedFileNames.stream().filter(name -> !name.isEmpty()).toList();
                unforcedFileNames.clear();
            }
            if (upTo.position().equals(durable)) {
                return;
            }
            boolean newFile = false;
            for (final String fileName : fileNames) {
                Fsync.file(folder.resolve(fileName));
                newFile |= fileName.compareTo(lastForcedFileName) > 0;
                lastForcedFileName = fileName;
            }
            if (newFile) {
                Fsync.directory(folder);
            }
            CheckpointFile.write(folder, new Checkpoint(upTo.position(), upTo.begin()));
            durable = upTo.position();
            leaveWaypoints(upTo.position().raftIndex());
        }
    }

    /**
     * For the next start, which takes longer without them: no reason to stop, or to say it twice.
     */
    private void leaveWaypoints(final long upToRaftIndex) {
        if (upToRaftIndex - waypointsLeftAt < RAFT_INDICES_BETWEEN_WAYPOINTS) {
            return;
        }
        waypointsLeftAt = upToRaftIndex;
        try {
            WaypointFile.write(folder, waypoints.sparseUpTo(upToRaftIndex));
            leavesWaypoints = true;
        } catch (final IOException cause) {
            if (leavesWaypoints) {
                LOGGER.warn("The next start of the journal {} will take longer", folder, cause);
            }
            leavesWaypoints = false;
        }
    }
}
