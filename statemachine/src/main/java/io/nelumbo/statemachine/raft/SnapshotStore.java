package io.nelumbo.statemachine.raft;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.nelumbo.journal.Journal;
import io.nelumbo.journal.JournalPosition;
import io.nelumbo.statemachine.ledger.Ledger;
import io.nelumbo.statemachine.snapshot.FrozenSnapshot;
import io.nelumbo.statemachine.snapshot.Snapshot;
import io.nelumbo.statemachine.snapshot.SnapshotDamaged;
import io.nelumbo.statemachine.snapshot.SnapshotReader;
import io.nelumbo.statemachine.snapshot.SnapshotStreamFailed;
import io.nelumbo.statemachine.snapshot.SnapshotVersionUnknown;
import io.nelumbo.statemachine.snapshot.SnapshotWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.ratis.io.MD5Hash;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.apache.ratis.util.MD5FileUtil;
import org.jspecify.annotations.Nullable;

/**
 * The ledger's snapshots in Ratis's {@code sm/} folder, one file each. Owned by the applying
 * thread; what Ratis asks of {@link #storage} may come from any.
 */
final class SnapshotStore {

    /** A snapshot that is durable and has no name yet. */
    record Unpublished(TermIndex at, Path unfinished, Path file, MD5Hash digest) {}

    private static final String UNFINISHED_SUFFIX = ".unfinished";

    private final Ledger ledger;
    private final Journal journal;
    private final SnapshotFolder storage = new SnapshotFolder();

    /** Read already, and to be restored once; null if none was, or was restored. */
    private @Nullable Snapshot expected;

    SnapshotStore(final Ledger ledger, final Journal journal) {
        this.ledger = ledger;
        this.journal = journal;
    }

    SnapshotFolder storage() {
        return storage;
    }

    /** About how many bytes a snapshot would have now; costs nothing. */
    long ledgerBytes() {
        return ledger.writtenBytes();
    }

    /**
     * Takes a snapshot of this moment and makes it durable, at once.
     *
     * @return false, and nothing was written, in the case of {@link #freeze}
     */
    boolean take(final TermIndex applied) throws IOException {
        final FrozenSnapshot frozen = freeze(applied);
        if (frozen == null) {
            return false;
        }
        publish(write(frozen, () -> false, PacedOutput.Rest.NONE));
        return true;
    }

    /**
     * What a snapshot of this moment consists of; {@link #write} it next.
     *
     * @return null while the log is being replayed under a journal that is longer: the snapshot
     *     would not know where the journal stands
     */
    @Nullable FrozenSnapshot freeze(final TermIndex applied) {
        final JournalPosition head = journal.last();
        if (head.nextSequence() > ledger.nextSequence()) {
            return null;
        }
        return new FrozenSnapshot(applied.getTerm(), applied.getIndex(), head, ledger.freeze());
    }

    /**
     * Makes the journal durable, then writes a snapshot, as long as somebody wants it, in the time
     * that others leave; durable on return, though not yet under its name. The log is purged up to
     * a snapshot, so that every record below it must be safe before. Any thread; closes the
     * snapshot.
     *
     * @param abandoned asked before each chunk
     * @throws SnapshotAbandoned if nobody wants it any more; the file is left unfinished
     */
    Unpublished write(final FrozenSnapshot snapshot, final BooleanSupplier abandoned)
            throws IOException {
        return write(snapshot, abandoned, snapshot.ledger()::restUnlessAwaited);
    }

    private Unpublished write(
            final FrozenSnapshot snapshot,
            final BooleanSupplier abandoned,
            final PacedOutput.Rest rest)
            throws IOException {
        try (snapshot) {
            journal.force();
            final Path file =
                    storage.getSnapshotFile(snapshot.raftTerm(), snapshot.raftIndex()).toPath();
            final Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED_SUFFIX);
            // Ratis wants MD5 beside the file and sends it with the file; ours is the SHA-256
            // inside.
            final MessageDigest md5 = MD5FileUtil.newMD5();
            try (FileChannel channel =
                            FileChannel.open(unfinished, CREATE, WRITE, TRUNCATE_EXISTING);
                    OutputStream out =
                            new DigestOutputStream(
                                    new WantedOutput(new PacedOutput(channel, rest), abandoned),
                                    md5)) {
                SnapshotWriter.write(snapshot, out);
                channel.force(true);
            }
            return new Unpublished(
                    TermIndex.valueOf(snapshot.raftTerm(), snapshot.raftIndex()),
                    unfinished,
                    file,
                    MD5Hash.newInstance(md5.digest()));
        }
    }

    /**
     * Gives a snapshot its name, from which moment it counts. On the applying thread: there Ratis
     * removes digests that have no file.
     */
    void publish(final Unpublished written) throws IOException {
        final Path file = written.file();
        // The digest first: a snapshot under its final name is never without one.
        MD5FileUtil.saveMD5File(file.toFile(), written.digest());
        Files.move(written.unfinished(), file, ATOMIC_MOVE);
        DurableFile.forceNameOf(file);
        storage.updateLatestSnapshot(
                new SingleFileSnapshotInfo(
                        new FileInfo(file, written.digest()),
                        written.at().getTerm(),
                        written.at().getIndex()));
    }

    /**
     * Names a snapshot that was read and verified from this folder before Ratis looked: if it is
     * the latest at the first {@link #restore}, it is not read again.
     */
    void expectToRestore(final @Nullable Snapshot snapshot) {
        expected = snapshot;
    }

    /**
     * Makes durable what was received. Ratis does not, and deletes the snapshots and the log that
     * it replaces: their names may be gone from the disk before what it holds is there. Any thread.
     */
    void forceReceived() throws IOException {
        final Path received = folder().resolveSibling("tmp");
        if (!Files.isDirectory(received)) {
            return;
        }
        try (Stream<Path> all = Files.walk(received)) {
            for (final Path path : (Iterable<Path>) all::iterator) {
                if (Files.isDirectory(path)) {
                    DurableFile.forceFolder(path);
                } else {
                    DurableFile.force(path);
                }
            }
        }
    }

    /**
     * Puts the latest snapshot, if there is one, in place of the ledger's state, after verifying it
     * to the last byte.
     *
     * @throws SnapshotDamaged if it is not what was written
     * @throws SnapshotVersionUnknown if another release wrote it
     */
    Optional<Snapshot> restore() throws IOException {
        if (!Files.isDirectory(folder())) {
            // Ratis moves the old folder away before it moves an installed one in, and may die.
            Files.createDirectories(folder());
            DurableFile.forceNameOf(folder());
        }
        removeUnfinished();
        final @Nullable SingleFileSnapshotInfo latest = storage.loadLatestSnapshot();
        if (latest == null) {
            expected = null;
            return Optional.empty();
        }
        final Path file = latest.getFile().getPath();
        // What was received should be on the disk, then this costs nothing; its name may not be.
        DurableFile.force(file);
        DurableFile.forceNameOf(file);
        DurableFile.forceNameOf(folder());
        final Snapshot snapshot = expectedOrReadFrom(file, latest.getTermIndex());
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

    private Snapshot expectedOrReadFrom(final Path file, final TermIndex at) throws IOException {
        final Snapshot read = expected;
        expected = null;
        return read != null && read.raftTerm() == at.getTerm() && read.raftIndex() == at.getIndex()
                ? read
                : read(file);
    }

    /** What an earlier run, or one that was abandoned, did not bring to its name. */
    private void removeUnfinished() throws IOException {
        try (DirectoryStream<Path> unfinished =
                Files.newDirectoryStream(folder(), "*" + UNFINISHED_SUFFIX)) {
            for (final Path file : unfinished) {
                Files.delete(file);
            }
        }
    }

    private Path folder() {
        return storage.getSnapshotFile(0, 0).toPath().resolveSibling("");
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
