package io.nelumbo.statemachine.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that died between the two renames by which Ratis installs a snapshot. */
final class HalfInstalledTest {

    @TempDir Path storage;

    @Test
    void shouldPutBackWhatWasMovedAwayLastWhenTheFolderIsMissing() throws IOException {
        // given
        folderWith("sm.tmp20260101_000000_000", "older");
        folderWith("sm.tmp20260102_000000_000", "newer");

        // when
        HalfInstalled.undo(storage);

        // then
        assertThat(storage.resolve("sm").resolve("snapshot.1_7")).hasContent("newer");
        assertThat(storage.resolve("sm.tmp20260101_000000_000")).exists();
    }

    @Test
    void shouldLeaveTheFolderThatIsThere() throws IOException {
        // given: it died a moment later
        folderWith("sm.tmp20260101_000000_000", "older");
        folderWith("sm", "installed");

        // when
        HalfInstalled.undo(storage);

        // then
        assertThat(storage.resolve("sm").resolve("snapshot.1_7")).hasContent("installed");
    }

    @Test
    void shouldRemoveWhatCameToNothingAndLeaveWhatCounts() throws IOException {
        // given
        folderWith("sm", "installed");
        folderWith("sm.tmp20260101_000000_000", "older");
        Files.createDirectory(storage.resolve("tmp"));
        folderWith("tmp/snapshot-1f6b", "the begin of one");
        folderWith("current", "the log");

        // when
        HalfInstalled.clear(storage, true);

        // then
        assertThat(storage.resolve("sm").resolve("snapshot.1_7")).hasContent("installed");
        assertThat(storage.resolve("current").resolve("snapshot.1_7")).exists();
        assertThat(storage.resolve("tmp")).isEmptyDirectory();
        assertThat(storage.resolve("sm.tmp20260101_000000_000")).doesNotExist();
    }

    @Test
    void shouldRemoveOnlyWhatWasReceivedWhenNoSnapshotIsKnownToBeIntact() throws IOException {
        // given: a member that was added, and lost its leader again and again
        folderWith("sm", "damaged");
        folderWith("sm.tmp20260101_000000_000", "older");
        Files.createDirectory(storage.resolve("tmp"));
        folderWith("tmp/snapshot-1f6b", "the begin of one");
        folderWith("tmp/snapshot-27ac", "the begin of another");

        // when
        HalfInstalled.clear(storage, false);

        // then
        assertThat(storage.resolve("tmp")).isEmptyDirectory();
        assertThat(storage.resolve("sm.tmp20260101_000000_000")).exists();
    }

    @Test
    void shouldDoNothingWhenThereIsNothingToPutBack() throws IOException {
        // when
        HalfInstalled.undo(storage);

        // then
        try (Stream<Path> files = Files.list(storage)) {
            assertThat(files).isEmpty();
        }
    }

    private void folderWith(final String name, final String content) throws IOException {
        Files.createDirectory(storage.resolve(name));
        Files.writeString(storage.resolve(name).resolve("snapshot.1_7"), content);
    }
}
