package io.nelumbo.statemachine.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelumbo.journal.JournalPosition;
import io.nelumbo.statemachine.ledger.Ledger;
import io.nelumbo.statemachine.snapshot.Snapshot;
import io.nelumbo.statemachine.snapshot.SnapshotWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.ratis.util.MD5FileUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots that do not read back and are not damaged: nobody falls back to an older state. */
final class UnreadableSnapshotTest {

    /** Of the format version, behind the magic: its lowest byte. */
    private static final int VERSION_OFFSET = 8;

    @TempDir Path storage;

    /** Two intact snapshots, and a log that reaches back to the begin. */
    @BeforeEach
    void takeTwoSnapshots() throws IOException {
        Files.createDirectory(storage.resolve("sm"));
        Files.createDirectory(storage.resolve("current"));
        Files.createFile(storage.resolve("current").resolve("log_inprogress_0"));
        for (int index = 1; index <= 2; index++) {
            final Ledger ledger = new Ledger();
            final JournalPosition journal =
                    new JournalPosition(1, 0, ledger.nextSequence(), 5, new byte[32]);
            try (OutputStream out = Files.newOutputStream(snapshot(index))) {
                SnapshotWriter.write(new Snapshot(1, index, journal, ledger), out);
            }
            MD5FileUtil.computeAndSaveMd5ForFile(snapshot(index).toFile());
        }
    }

    @Test
    void shouldSetAsideOnlyWhatIsDamaged() throws IOException {
        // given
        change(snapshot(2), (int) Files.size(snapshot(2)) - 1);
        // when
        DamagedSnapshots.setAside(storage);
        // then
        assertThat(snapshot(2)).doesNotExist();
        assertThat(storage.resolve("sm").resolve("snapshot.1_2.damaged")).exists();
        assertThat(snapshot(1)).exists();
    }

    @Test
    void shouldRefuseAndChangeNothingWhenAnotherReleaseWroteIt_I7() throws IOException {
        // given
        change(snapshot(2), VERSION_OFFSET);
        // when, then
        expectRefusal(
                "the snapshot " + snapshot(2) + " was written by another release",
                "use the release that wrote it");
    }

    @Test
    void shouldRefuseAndChangeNothingWhenTheDiskDoesNotGiveIt_I11() throws IOException {
        // given: it opens, and fails when it is read
        replaceByAFolder(snapshot(2));
        // when, then
        expectRefusal(
                "the snapshot " + snapshot(2) + " but the disk failed",
                "Is a directory",
                "nothing was changed");
    }

    @Test
    void shouldNotTouchADamagedOneWhenTheOneBehindItIsOfAnotherRelease() throws IOException {
        // given
        change(snapshot(2), (int) Files.size(snapshot(2)) - 1);
        change(snapshot(1), VERSION_OFFSET);
        // when, then
        expectRefusal("the snapshot " + snapshot(1) + " was written by another release");
    }

    private void expectRefusal(final String... texts) throws IOException {
        final List<Path> before = files();
        assertThatThrownBy(() -> DamagedSnapshots.setAside(storage))
                .isInstanceOf(FolderRefused.class)
                .hasMessageContainingAll(texts);
        assertThat(files()).containsExactlyElementsOf(before);
    }

    private Path snapshot(final long index) {
        return storage.resolve("sm").resolve("snapshot.1_" + index);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(storage)) {
            return files.sorted().toList();
        }
    }

    private static void change(final Path file, final int offset) throws IOException {
        final byte[] bytes = Files.readAllBytes(file);
        bytes[offset] ^= 0x40;
        Files.write(file, bytes);
    }

    private static void replaceByAFolder(final Path file) throws IOException {
        Files.delete(file);
        Files.createDirectory(file);
    }
}
