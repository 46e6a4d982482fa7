package io.nelumbo.journal.chronicle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nelumbo.journal.JournalFailure;
import io.nelumbo.journal.JournalPosition;
import io.nelumbo.journal.chronicle.Waypoints.Waypoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a run leaves so that the next one finds its way: two hundred records in one cycle's file, of
 * which one near the begin is damaged. Whoever reads from the begin of the file meets the damage.
 */
final class WaypointFileTest {

    private static final int RECORDS = 200;
    private static final int DAMAGED = 3;
    private static final int WANTED = 150;

    private final Batches batches = new Batches(1);

    @TempDir Path folder;

    @BeforeEach
    void damageOneOfMany() {
        try (ChronicleJournal journal = open()) {
            batches.append(journal, 0, RECORDS);
        }
        final Disk.Extent damaged = Disk.records(folder).get(DAMAGED);
        assertThat(Disk.records(folder).get(RECORDS - 1).file()).isEqualTo(damaged.file());
        Disk.flip(damaged.file(), damaged.begin() + 150, 1);
    }

    @Test
    void shouldNotReadFromTheBeginOfTheFileWhenTheRaftLogIsAppliedAgain() {
        try (ChronicleJournal journal = open()) {
            batches.append(journal, WANTED, RECORDS);
            assertThat(journal.last().raftIndex()).isEqualTo(Batches.raftIndex(RECORDS - 1));
        }
    }

    @Test
    void shouldNotReadFromTheBeginOfTheFileAfterSeveralStarts() {
        for (int start = 0; start < 3; start++) {
            open().close();
        }
        shouldNotReadFromTheBeginOfTheFileWhenTheRaftLogIsAppliedAgain();
    }

    @Test
    void shouldReadFromTheBeginOfTheFileWhenNothingWasLeft() throws IOException {
        Files.delete(file());
        expectToMeetTheDamage();
    }

    @Test
    void shouldReadFromTheBeginOfTheFileWhenWhatWasLeftIsDamaged() throws IOException {
        for (int n = 0; n < Files.size(file()); n += 13) {
            Disk.flip(file(), n, 0x01);
            assertThat(WaypointFile.read(folder)).isEmpty();
            Disk.flip(file(), n, 0x01);
        }
        Disk.flip(file(), 40, 0x04);
        expectToMeetTheDamage();
    }

    @Test
    void shouldReadFromTheBeginOfTheFileWhenWhatWasLeftIsCutOff() throws IOException {
        final byte[] whole = Files.readAllBytes(file());
        Files.write(file(), Arrays.copyOf(whole, whole.length / 2));
        expectToMeetTheDamage();
    }

    @Test
    void shouldBelieveNoPlaceWhoseRecordContinuesAnotherHash() throws IOException {
        // given: as if a repair had moved the records
        final List<Waypoint> moved =
                WaypointFile.read(folder).stream()
                        .map(mark -> new Waypoint(at(new byte[32]), mark.place()))
                        .toList();
        assertThat(moved).isNotEmpty();
        WaypointFile.write(folder, moved);

        // when, then
        expectToMeetTheDamage();
    }

    @Test
    void shouldBelieveNoPlaceInTheMiddleOfARecord() throws IOException {
        final List<Waypoint> moved =
                WaypointFile.read(folder).stream()
                        .map(
                                mark ->
                                        new Waypoint(
                                                at(mark.hash()),
                                                new Place(
                                                        mark.place().fileName(),
                                                        mark.place().position() + 8)))
                        .toList();
        WaypointFile.write(folder, moved);
        expectToMeetTheDamage();
    }

    @Test
    void shouldBelieveNoPlaceOfAFileThatIsGone() throws IOException {
        WaypointFile.write(
                folder,
                List.of(new Waypoint(at(new byte[32]), new Place("20200101-0000V.cq4", 8))));
        expectToMeetTheDamage();
    }

    @Test
    void shouldForceAndStartAllTheSameWhenItCannotBeWrittenOrRead() throws IOException {
        // given
        Files.delete(file());
        Files.createDirectories(file().resolve("in the way"));

        // when
        try (ChronicleJournal journal = open()) {
            batches.append(journal, RECORDS);
            journal.force();

            // then
            assertThat(journal.durable()).isEqualTo(journal.last());
        }
        expectToMeetTheDamage();
    }

    @Test
    void shouldReadBackWhatWasWritten() throws IOException {
        final List<WaypointFile.Mark> marks = WaypointFile.read(folder);
        assertThat(marks).hasSizeBetween(8, Waypoints.MAX_SPARSE);
        assertThat(marks).extracting(WaypointFile.Mark::place).isSortedAccordingTo(Place.ORDER);
        assertThat(Files.readString(file(), StandardCharsets.UTF_8))
                .startsWith("nelumbo journal waypoints 1\n");
    }

    private void expectToMeetTheDamage() {
        try (ChronicleJournal journal = open()) {
            assertThatExceptionOfType(JournalFailure.class)
                    .isThrownBy(() -> batches.append(journal, WANTED, RECORDS))
                    .withMessageContaining("broken");
        }
    }

    private ChronicleJournal open() {
        return ChronicleJournal.open(folder, TestJournals.OPTIONS);
    }

    private Path file() {
        return folder.resolve("waypoints");
    }

    private static JournalPosition at(final byte[] hash) {
        return new JournalPosition(1, 1, 1, 1, hash);
    }
}
