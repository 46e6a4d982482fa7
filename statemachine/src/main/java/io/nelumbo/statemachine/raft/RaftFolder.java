package io.nelumbo.statemachine.raft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.util.SizeInBytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides, before Ratis sees it, whether a folder may be run on, and formats a new member's. Owned
 * by the starting thread.
 */
final class RaftFolder {

    private static final Logger LOG = LoggerFactory.getLogger(RaftFolder.class);

    /** The other members, as far as they are there. */
    interface Others {
        /** Whether any of them has seen this member before. */
        boolean haveSeenUs() throws FolderRefused;
    }

    private final Path folder;
    private final Path storage;
    private final String peerId;
    private final UUID clusterId;
    private final boolean votesAlone;

    RaftFolder(final RaftSettings settings) {
        this.folder = settings.folder();
        this.storage = settings.storageFolder();
        this.peerId = settings.peerId();
        this.clusterId = settings.cluster().id();
        this.votesAlone = settings.cluster().members().size() == 1;
    }

    /**
     * Returns when the folder holds this member's storage, formatted now if the member is new.
     *
     * @param journalHolds whether this node's journal has records: then it is no new member
     * @param others asked only before formatting
     * @throws FolderRefused if this node must not run on the folder
     */
    void open(final boolean journalHolds, final Others others) throws IOException {
        Files.createDirectories(folder);
        final Optional<MembershipMarker> marker = MembershipMarker.read(folder);
        if (marker.isPresent()) {
            checkOwner(marker.get());
        }
        if (marker.isPresent() && marker.get().joined()) {
            if (!holdsStorage()) {
                throw lost("the marker in " + folder + " says that it has joined");
            }
            return;
        }
        if (marker.isEmpty() && Files.exists(storage)) {
            throw new FolderRefused(
                    "expected a membership marker beside "
                            + storage
                            + " but found none: the folder is incomplete; restore it whole, or"
                            + " remove the member and add it anew with an empty folder");
        }
        if (marker.isEmpty() && !votesAlone && wasMovedAside()) {
            throw lost("a reset moved it to " + newestBackup() + ", and may have died over it");
        }
        if (journalHolds) {
            throw lost("its journal holds records");
        }
        if (others.haveSeenUs()) {
            throw lost("another member has seen it before");
        }
        format();
    }

    private void checkOwner(final MembershipMarker marker) throws FolderRefused {
        if (!marker.peerId().equals(peerId)) {
            throw new FolderRefused(
                    "expected the Raft folder of "
                            + peerId
                            + " but "
                            + folder
                            + " belongs to "
                            + marker.peerId()
                            + ": give each node a folder of its own");
        }
        if (!marker.clusterId().equals(clusterId)) {
            throw new FolderRefused(
                    "expected the Raft folder of cluster "
                            + clusterId
                            + " but "
                            + folder
                            + " belongs to cluster "
                            + marker.clusterId()
                            + ": has the initial peer set been changed?");
        }
    }

    /** A reset moves the marker with the data, and then writes it anew: it may die in between. */
    private boolean wasMovedAside() throws IOException {
        final Optional<MembershipMarker> moved = MembershipMarker.read(newestBackup());
        return moved.isPresent()
                && moved.get().equals(new MembershipMarker(peerId, clusterId, true));
    }

    private Path newestBackup() {
        return new BackupRotation(folder, 1).newest();
    }

    private FolderRefused lost(final String evidence) {
        return new FolderRefused(
                "expected the Raft storage of "
                        + peerId
                        + " in "
                        + storage
                        + " but it is missing, although "
                        + evidence
                        + ": a member that forgot its votes must not vote again; restore the"
                        + " folder, or remove the member and add it anew under a new identity");
    }

    private boolean holdsStorage() {
        return Files.exists(storage.resolve("current").resolve("raft-meta"));
    }

    /** Nothing votes before the second marker is durable, so a crash in here is harmless. */
    private void format() throws IOException {
        LOG.info("{}: formatting {} as a new member of cluster {}", peerId, storage, clusterId);
        new MembershipMarker(peerId, clusterId, false).write(folder);
        Files.createDirectories(storage);
        try (RaftStorage formatted =
                RaftStorage.newBuilder()
                        .setDirectory(storage.toFile())
                        .setOption(RaftStorage.StartupOption.FORMAT)
                        .setLogCorruptionPolicy(RaftServerConfigKeys.Log.CorruptionPolicy.EXCEPTION)
                        .setStorageFreeSpaceMin(SizeInBytes.valueOf(0))
                        .build()) {
            formatted.initialize();
        }
        DurableFile.forceFolder(storage.resolve("current"));
        DurableFile.forceFolder(storage);
        new MembershipMarker(peerId, clusterId, true).write(folder);
    }
}
