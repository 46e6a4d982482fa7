package io.nelumbo.publisher.node;

import io.nelumbo.config.NodeConfig;
import io.nelumbo.statemachine.raft.BackupRotation;
import io.nelumbo.statemachine.raft.FolderRefused;
import io.nelumbo.statemachine.raft.RaftReset;
import io.nelumbo.statemachine.raft.RaftSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes the Raft data of a node that does not run away from it, into backups, and gives them back.
 * {@code [Cluster] BackupsRotate} says how many are kept. Stateless.
 */
public final class ClusterReset {
    private ClusterReset() {}

    /**
     * What a reset came to.
     *
     * @param backups what was moved aside: the Raft data, and the journal if the node may begin
     *     anew
     * @param deleted older backups that were deleted, as the rotation says
     * @param mayBeginAnew whether the node starts without its data; a member never does
     */
    public record Done(List<Path> backups, List<Path> deleted, boolean mayBeginAnew) {}

    /**
     * Whether the node would begin anew after a reset; changes nothing.
     *
     * @throws NodeRefused if there is nothing to reset, or the node must not be
     */
    public static boolean wouldBeginAnew(final NodeFolder folder, final NodeConfig config)
            throws IOException {
        try {
            return raft(folder, config).mayBeginAnew();
        } catch (final FolderRefused e) {
            throw new NodeRefused(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Moves the data aside; durable on return. The journal of a member stays: it is its audit log,
     * and the proof that it was one. That of a node that begins anew goes with the Raft data, whose
     * history it tells.
     *
     * @throws NodeRefused if the node runs, or there is nothing to reset; nothing was changed
     */
    public static Done reset(final NodeFolder folder, final NodeConfig config) throws IOException {
        final RaftReset raft = raft(folder, config);
        final NodeLock lock = lock(folder);
        try {
            final RaftReset.Done done = raft.reset();
            final List<Path> backups = new ArrayList<>(List.of(done.backup()));
            final List<Path> deleted = new ArrayList<>(done.deleted());
            if (done.mayBeginAnew() && Files.exists(config.journal().folder())) {
                final BackupRotation journal = journal(config);
                deleted.addAll(journal.moveAside());
                backups.add(journal.newest());
            }
            return new Done(List.copyOf(backups), List.copyOf(deleted), done.mayBeginAnew());
        } catch (final FolderRefused e) {
            throw new NodeRefused(String.valueOf(e.getMessage()));
        } finally {
            lock.close();
        }
    }

    /**
     * Puts back what the last reset moved aside; durable on return.
     *
     * @throws NodeRefused if the node runs, there is no backup, or the node has data again; nothing
     *     was changed
     */
    public static void undo(final NodeFolder folder, final NodeConfig config) throws IOException {
        final RaftReset raft = raft(folder, config);
        final NodeLock lock = lock(folder);
        try {
            raft.undo();
            final BackupRotation journal = journal(config);
            if (!config.cluster().clusterModeEnabled()
                    && !Files.exists(config.journal().folder())
                    && Files.isDirectory(journal.newest())) {
                journal.moveBack();
            }
        } catch (final FolderRefused e) {
            throw new NodeRefused(String.valueOf(e.getMessage()));
        } finally {
            lock.close();
        }
    }

    private static RaftReset raft(final NodeFolder folder, final NodeConfig config)
            throws IOException {
        if (config.cluster().backupsRotate() < 1) {
            throw new NodeRefused(
                    "[Cluster] BackupsRotate is 0: nothing of what a reset moves aside would be"
                            + " kept; set it to 1 or more");
        }
        final RaftSettings settings = NodeOptions.raft(config, folder.identity());
        return new RaftReset(settings, config.cluster().backupsRotate());
    }

    private static BackupRotation journal(final NodeConfig config) {
        return new BackupRotation(config.journal().folder(), config.cluster().backupsRotate());
    }

    private static NodeLock lock(final NodeFolder folder) throws IOException {
        final NodeLock.Outcome outcome = NodeLock.take(folder);
        if (outcome instanceof NodeLock.Held held) {
            throw new NodeRefused(
                    folder.root() + " is in use by " + held.holder() + ": stop the node first");
        }
        return ((NodeLock.Taken) outcome).lock();
    }
}
