package io.nelumbo.statemachine.raft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.ratis.util.FileUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node leaves that dies, or loses its leader, while a snapshot is installed. Ratis 3.3.0
 * writes what it receives to {@code tmp/snapshot-UUID}, renames {@code sm} to {@code sm.tmpTIME},
 * then what it received to {@code sm}, and deletes what it moved away (SnapshotManager).
 *
 * <p>Between the two renames {@code sm} is missing. The log may be purged up to the snapshots of
 * before, so that the node could not go on without them; with them it stands where it stood, and a
 * leader installs anew. At any other moment there is too much: each attempt of a leader goes to a
 * folder of its own, and Ratis removes none of those that came to nothing. Owned by the starting
 * thread.
 */
final class HalfInstalled {

    private static final Logger LOG = LoggerFactory.getLogger(HalfInstalled.class);
    private static final String FOLDER = "sm";
    private static final String MOVED_AWAY = FOLDER + ".tmp";
    private static final String RECEIVED = "tmp";

    private HalfInstalled() {}

    /** Undoes it in a storage folder, if there is anything to undo; durable on return. */
    static void undo(final Path storage) throws IOException {
        final Path folder = storage.resolve(FOLDER);
        if (Files.exists(folder)) {
            return;
        }
        final Optional<Path> moved = newestMovedAway(storage);
        if (moved.isPresent()) {
            Files.move(moved.get(), folder, StandardCopyOption.ATOMIC_MOVE);
            DurableFile.forceFolder(storage);
            LOG.warn(
                    "{} was missing: this node died while a snapshot was installed; put back {}",
                    folder,
                    moved.get().getFileName());
        }
    }

    /**
     * Removes what nobody will ask for any more: each attempt to install begins from nothing.
     *
     * @param isIntact whether {@code sm} is known to hold what counts; if not, what was moved away
     *     stays, for a person to look at
     */
    static void clear(final Path storage, final boolean isIntact) throws IOException {
        final List<Path> superfluous =
                new ArrayList<>(isIntact ? movedAway(storage) : List.<Path>of());
        final Path received = storage.resolve(RECEIVED);
        if (Files.isDirectory(received)) {
            try (Stream<Path> attempts = Files.list(received)) {
                attempts.forEach(superfluous::add);
            }
        }
        for (final Path left : superfluous) {
            LOG.info("{} is left of an installation that came to nothing: removed", left);
            FileUtils.deleteFully(left);
        }
    }

    /** The time in the name is of one format, so that the last name is the latest. */
    private static Optional<Path> newestMovedAway(final Path storage) throws IOException {
        return movedAway(storage).stream().max(Comparator.comparing(HalfInstalled::nameOf));
    }

    private static List<Path> movedAway(final Path storage) throws IOException {
        try (Stream<Path> files = Files.list(storage)) {
            return files.filter(file -> nameOf(file).startsWith(MOVED_AWAY)).toList();
        }
    }

    private static String nameOf(final Path file) {
        return String.valueOf(file.getFileName());
    }
}
