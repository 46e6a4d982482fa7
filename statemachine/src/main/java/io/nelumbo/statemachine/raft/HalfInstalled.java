package io.nelumbo.statemachine.raft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the snapshots back that Ratis had moved away when it died: to install a received snapshot,
 * Ratis 3.3.0 renames {@code sm} to {@code sm.tmpTIME} and then what it received to {@code sm}
 * (SnapshotManager). The log may be purged up to the snapshots of before, so that the node could
 * not go on without them; with them it stands where it stood, and a leader installs anew. Owned by
 * the starting thread.
 */
final class HalfInstalled {

    private static final Logger LOG = LoggerFactory.getLogger(HalfInstalled.class);
    private static final String FOLDER = "sm";
    private static final String MOVED_AWAY = FOLDER + ".tmp";

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

    /** The time in the name is of one format, so that the last name is the latest. */
    private static Optional<Path> newestMovedAway(final Path storage) throws IOException {
        try (Stream<Path> files = Files.list(storage)) {
            return files.filter(file -> nameOf(file).startsWith(MOVED_AWAY))
                    .max(Comparator.comparing(HalfInstalled::nameOf));
        }
    }

    private static String nameOf(final Path file) {
        return String.valueOf(file.getFileName());
    }
}
