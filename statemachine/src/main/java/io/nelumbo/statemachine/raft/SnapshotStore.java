package io.nelumbo.statemachine.raft;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.nelumbo.journal.Journal;
import io.nelumbo.journal.JournalPosition;
import io.nelumbo.statemachine.ledger.Ledger;
import io.nelumbo.statemachine.snapshot.Snapshot;
import io.nelumbo.statemachine.snapshot.SnapshotDamaged;
import io.nelumbo.statemachine.snapshot.SnapshotReader;
import io.nelumbo.statemachine.snapshot.SnapshotStreamFailed;
import io.nelumbo.statemachine.snapshot.SnapshotVersionUnknown;
import io.nelumbo.statemachine.snapshot.SnapshotWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;
import org.apache.ratis.io.MD5Hash;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.statemachine.impl.SimpleStateMachineStorage;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.apache.ratis.util.MD5FileUtil;
import org.jspecify.annotations.Nullable;

/**
 * The ledger's snapshots in Ratis's {@code sm/} folder, one file each. Owned by the applying
 * thread; what Ratis asks of {@link #storage} may come from any.
 */
final class SnapshotStore {

    private final Ledger ledger;
    private final Journal journal;
    private final SimpleStateMachineStorage storage = new SimpleStateMachineStorage();

    SnapshotStore(final Ledger ledger, final Journal journal) {
        this.ledger = ledger;
        this.journal = journal;
    }

    SimpleStateMachineStorage storage() {
        return storage;
    }

    /**
     * Makes the journal durable, then writes a snapshot of the ledger; durable on return. The log
     * is purged up to a snapshot, so that every record below it must be safe before.
     *
     * @return false, and nothing was written, while the log is being replayed under a journal that
     *     is longer: the snapshot would not know where the journal stands
     */
    boolean take(final TermIndex applied) throws IOException {
        journal.force();
        final JournalPosition head = journal.durable();
        if (head.nextSequence() > ledger.nextSequence()) {
            return false;
        }
        write(new Snapshot(applied.getTerm(), applied.getIndex(), head, ledger));
        return true;
    }

    private void write(final Snapshot snapshot) throws IOException {
        final Path file =
                storage.getSnapshotFile(snapshot.raftTerm(), snapshot.raftIndex()).toPath();
        final Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
        // Ratis wants MD5 beside the file and sends it with the file; ours is the SHA-256 inside.
        final MessageDigest md5 = MD5FileUtil.newMD5();
        try (FileChannel channel = FileChannel.open(unfinished, CREATE, WRITE, TRUNCATE_EXISTING);
                OutputStream out = new DigestOutputStream(Channels.newOutputStream(channel), md5)) {
            SnapshotWriter.write(snapshot, out);
            channel.force(true);
        }
        final MD5Hash digest = MD5Hash.newInstance(md5.digest());
        // The digest first: a snapshot under its final name is never without one.
        MD5FileUtil.saveMD5File(file.toFile(), digest);
        Files.move(unfinished, file, ATOMIC_MOVE);
        DurableFile.forceNameOf(file);
        storage.updateLatestSnapshot(
                new SingleFileSnapshotInfo(
                        new FileInfo(file, digest), snapshot.raftTerm(), snapshot.raftIndex()));
    }

    /**
     * Puts the latest snapshot, if there is one, in place of the ledger's state, after verifying it
     * to the last byte.
     *
     * @throws SnapshotDamaged if it is not what was written
     * @throws SnapshotVersionUnknown if another release wrote it
     */
    Optional<Snapshot> restore() throws IOException {
        final @Nullable SingleFileSnapshotInfo latest = storage.loadLatestSnapshot();
        if (latest == null) {
            return Optional.empty();
        }
        final Path file = latest.getFile().getPath();
        // Ratis does not force what it has received, and purges the log that it replaces.
        DurableFile.force(file);
        DurableFile.forceNameOf(file);
        final Snapshot snapshot = read(file);
        if (snapshot.raftIndex() != latest.getIndex() || snapshot.raftTerm() != latest.getTerm()) {
            throw new SnapshotDamaged(
                    "expected a snapshot at "
                            + latest.getTermIndex()
                            + " in "
                            + file
                            + " but was one at term "
                            + snapshot.raftTerm()
                            + ", index "
                            + snapshot.raftIndex());
        }
        ledger.adopt(snapshot.ledger());
        return Optional.of(snapshot);
    }

    private static Snapshot read(final Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return SnapshotReader.read(in);
        } catch (final SnapshotVersionUnknown e) {
            throw new SnapshotVersionUnknown(
                    "the snapshot "
                            + file
                            + " was written by another release: start this node with that"
                            + " release, or with one that knows the format",
                    e);
        } catch (final SnapshotStreamFailed e) {
            throw new IOException(
                    "expected to read the snapshot "
                            + file
                            + " but the disk failed; the file was left as it is",
                    e);
        } catch (final SnapshotDamaged e) {
            throw new SnapshotDamaged(
                    "the snapshot "
                            + file
                            + " is damaged; move this node's Raft folder and journal aside,"
                            + " remove the member and add it anew",
                    e);
        }
    }
}
