package io.nelumbo.statemachine.raft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Moves the Raft data of a node that does not run aside, and back. For one thread.
 *
 * <p>Whoever has voted must not vote as if it were new: with its votes it forgot which messages it
 * acknowledged. So a member's folder keeps its membership marker, by which a start is refused until
 * the data are back. Only a cluster of one may begin anew: there is nobody whom it could deceive.
 */
public final class RaftReset {
    /** What {@link #reset} leaves: the marker, and the lock that whoever looked in has made. */
    private static final Set<String> EMPTY = Set.of(MembershipMarker.FILE, FolderLock.FILE);

    private final RaftSettings settings;
    private final BackupRotation backups;

    /**
     * @param backups how many sets of data that were moved aside are kept, at least 1
     */
    public RaftReset(final RaftSettings settings, final int backups) {
        this.settings = settings;
        this.backups = new BackupRotation(settings.folder(), backups);
    }

    /**
     * What was done.
     *
     * @param backup where the data are
     * @param deleted older backups that are gone, because more than enough are there
     * @param mayBeginAnew whether the node may start without the data
     */
    public record Done(Path backup, List<Path> deleted, boolean mayBeginAnew) {}

    /**
     * Whether the node could start without its data: it has never voted, or with nobody else.
     *
     * @throws FolderRefused if the folder belongs to another node, or holds no data
     */
    public boolean mayBeginAnew() throws IOException {
        final Optional<MembershipMarker> marker = MembershipMarker.read(settings.folder());
        if (marker.isPresent() && !marker.get().peerId().equals(settings.peerId())) {
            throw new FolderRefused(
                    "expected the Raft folder of "
                            + settings.peerId()
                            + " but "
                            + settings.folder()
                            + " belongs to "
                            + marker.get().peerId());
        }
        if (!holdsData()) {
            throw new FolderRefused(
                    "expected Raft data in "
                            + settings.folder()
                            + " but there are none: there is nothing to reset");
        }
        if (marker.isPresent() && !marker.get().joined()) {
            return true;
        }
        return settings.cluster().members().size() == 1
                && marker.isPresent()
                && marker.get().clusterId().equals(settings.cluster().id());
    }

    /**
     * Moves the data aside; durable on return.
     *
     * @throws FolderRefused if a node runs on the folder, it belongs to another, or holds no data;
     *     nothing was changed
     */
    public Done reset() throws IOException {
        final boolean mayBeginAnew = mayBeginAnew();
        final MembershipMarker marker =
                MembershipMarker.read(settings.folder())
                        .orElseGet(
                                () ->
                                        new MembershipMarker(
                                                settings.peerId(), settings.cluster().id(), true));
        final FolderLock lock = FolderLock.acquire(settings.folder());
        try {
            final List<Path> deleted = backups.moveAside();
            if (!mayBeginAnew) {
                Files.createDirectories(settings.folder());
                marker.write(settings.folder());
                DurableFile.forceNameOf(settings.folder());
            }
            return new Done(backups.newest(), deleted, mayBeginAnew);
        } finally {
            lock.close();
        }
    }

    /**
     * Puts the newest backup back: the data that this node last voted by, because it cannot have
     * voted since; durable on return.
     *
     * @throws FolderRefused if there is no backup, or the folder holds data again; nothing was
     *     changed
     */
    public void undo() throws IOException {
        if (!Files.isDirectory(backups.newest())) {
            throw new FolderRefused(
                    "expected a backup in " + backups.newest() + " but there is none");
        }
        if (holdsData()) {
            throw new FolderRefused(
                    "expected no Raft data in "
                            + settings.folder()
                            + " but there are some: what this node voted since then must not be"
                            + " forgotten");
        }
        if (Files.exists(settings.folder())) {
            removeEmptyFolder();
        }
        backups.moveBack();
    }

    private boolean holdsData() throws IOException {
        return Files.isDirectory(settings.folder())
                && !EMPTY.containsAll(namesIn(settings.folder()));
    }

    private void removeEmptyFolder() throws IOException {
        final FolderLock lock = FolderLock.acquire(settings.folder());
        try {
            for (final String name : namesIn(settings.folder())) {
                Files.delete(settings.folder().resolve(name));
            }
            Files.delete(settings.folder());
        } finally {
            lock.close();
        }
    }

    private static List<String> namesIn(final Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> String.valueOf(entry.getFileName())).toList();
        }
    }
}
