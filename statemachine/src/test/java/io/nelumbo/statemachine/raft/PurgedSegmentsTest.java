package io.nelumbo.statemachine.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Space of the log is freed on no thread that messages wait for. */
final class PurgedSegmentsTest {

    @TempDir Path temporary;

    private Path log;
    private Path folder;
    private PurgedSegments purged;

    @BeforeEach
    void write() throws IOException {
        log = Files.createDirectory(temporary.resolve("log"));
        folder = temporary.resolve("purged");
        for (final String name :
                List.of("log_0-9", "log_10-19", "log_20-29", "log_inprogress_30")) {
            Files.writeString(log.resolve(name), name);
        }
        Files.writeString(log.resolve("raft-meta"), "term");
        purged = new PurgedSegments(log, folder);
        purged.clear();
    }

    @Test
    void shouldKeepTheSpaceOfWhatIsPurgedUntilItIsFreedOneAfterTheOther() throws IOException {
        // given
        purged.nameUpTo(19);

        // when
        Files.delete(log.resolve("log_0-9"));
        Files.delete(log.resolve("log_10-19"));

        // then
        assertThat(namesIn(folder)).containsExactly("log_0-9", "log_10-19");
        purged.freeSome();
        assertThat(namesIn(folder)).hasSize(1);
        purged.freeSome();
        assertThat(namesIn(folder)).isEmpty();
        purged.freeSome();
        assertThat(namesIn(log)).containsExactly("log_20-29", "log_inprogress_30", "raft-meta");
    }

    @Test
    void shouldFreeMoreAtATimeWhenManyWait() throws IOException {
        // given
        for (int first = 30; first < 1000; first += 10) {
            Files.writeString(log.resolve("log_" + first + "-" + (first + 9)), "");
        }
        purged.nameUpTo(999);
        for (int first = 0; first < 1000; first += 10) {
            Files.delete(log.resolve("log_" + first + "-" + (first + 9)));
        }

        // when
        purged.freeSome();

        // then: 1, and 3 for a hundred
        assertThat(namesIn(folder)).hasSize(96).doesNotContain("log_0-9", "log_30-39");
    }

    @Test
    void shouldLeaveWhatIsNotPurgedYetAndNameItOnce() throws IOException {
        // given
        purged.nameUpTo(9);

        // when
        purged.freeSome();
        purged.nameUpTo(25);

        // then
        assertThat(namesIn(folder)).containsExactly("log_0-9", "log_10-19");
        assertThat(Files.readString(log.resolve("log_0-9"))).isEqualTo("log_0-9");
    }

    @Test
    void shouldFreeWhatIsPurgedThoughABackupHasANameForItToo() throws IOException {
        // given: a backup by hard links, as rsync makes
        Files.createLink(temporary.resolve("backup"), log.resolve("log_0-9"));
        purged.nameUpTo(19);

        // when
        Files.delete(log.resolve("log_0-9"));
        Files.delete(log.resolve("log_10-19"));
        purged.freeSome();
        purged.freeSome();

        // then
        assertThat(namesIn(folder)).isEmpty();
        assertThat(temporary.resolve("backup")).hasContent("log_0-9");
    }

    @Test
    void shouldRemoveNamesOfARunBeforeAndLeaveTheLogAlone() throws IOException {
        // given
        purged.nameUpTo(29);
        Files.delete(log.resolve("log_0-9"));

        // when
        purged.clear();

        // then
        assertThat(namesIn(folder)).isEmpty();
        assertThat(namesIn(log))
                .containsExactly("log_10-19", "log_20-29", "log_inprogress_30", "raft-meta");
        assertThat(Files.readString(log.resolve("log_10-19"))).isEqualTo("log_10-19");
    }

    @Test
    void shouldLeaveWhatIsNoSegmentAndGoOnFreeing() throws IOException {
        // given: somebody made a folder here
        Files.createDirectories(folder.resolve("lost+found").resolve("in it"));
        purged.clear();
        purged.nameUpTo(9);
        Files.delete(log.resolve("log_0-9"));

        // when
        purged.freeSome();

        // then
        assertThat(namesIn(folder)).containsExactly("lost+found");
    }

    @Test
    void shouldLetRatisFreeTheSpaceWhenTheFolderCannotBeUsed() throws IOException {
        // given
        Files.delete(folder);
        purged.nameUpTo(9);

        // when: it is there again
        Files.createDirectory(folder);
        purged.nameUpTo(9);

        // then: nothing that nobody would remove is kept
        assertThat(namesIn(folder)).isEmpty();
    }

    private static List<String> namesIn(final Path in) throws IOException {
        try (Stream<Path> files = Files.list(in)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
