package io.nelumbo.journal.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.JournalPosition;
import io.nelumbo.journal.JournalRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files follow the batches' timestamps, whatever the wall clock says: these batches are of 2023.
 */
final class CycleTest {

    private static final ChronicleJournalOptions OPTIONS = TestJournals.OPTIONS;
    private static final long TWO_MINUTES_NS = 120 * Batches.SECOND_NS;

    private final Batches batches = new Batches(TWO_MINUTES_NS);

    @TempDir Path temp;

    @Test
    void shouldBeginAFileWhenABatchIsOfTheNextCycle() throws IOException {
        // given
        final Path folder = temp.resolve("journal");

        // when
        try (ChronicleJournal journal = ChronicleJournal.open(folder, OPTIONS)) {
            batches.append(journal, 0, 10);
        }

        // then: 22:13:20 and every two minutes after it
        assertThat(CycleFiles.in(folder))
                .containsExactly(
                        "20231114-2210V.cq4",
                        "20231114-2215V.cq4",
                        "20231114-2220V.cq4",
                        "20231114-2225V.cq4",
                        "20231114-2230V.cq4");
        assertThat(TestJournals.verifyIntact(folder).records()).isEqualTo(10);
    }

    @Test
    void shouldHaveTheSameFilesOnAllNodesWhenTheyRestartAtDifferentTimes_I7() throws IOException {
        // given
        final Path one = temp.resolve("one");
        final Path two = temp.resolve("two");
        try (ChronicleJournal journal = ChronicleJournal.open(one, OPTIONS)) {
            batches.append(journal, 0, 30);
        }

        // when
        for (int n = 0; n < 30; n++) {
            try (ChronicleJournal journal = ChronicleJournal.open(two, OPTIONS)) {
                assertThat(journal.last().nextSequence()).isEqualTo(Batches.firstSequence(n));
                batches.append(journal, n);
            }
        }

        // then
        assertThat(CycleFiles.in(two)).isEqualTo(CycleFiles.in(one));
        assertThat(TestJournals.verifyIntact(two)).isEqualTo(TestJournals.verifyIntact(one));
        for (final String name : CycleFiles.in(one)) {
            assertThat(Disk.records(two).stream().map(Disk.Extent::begin))
                    .as(name)
                    .containsExactlyElementsOf(
                            Disk.records(one).stream().map(Disk.Extent::begin).toList());
        }
    }

    @Test
    void shouldForceEveryFileThatIsNotForcedYet() {
        try (ChronicleJournal journal = ChronicleJournal.open(temp.resolve("a"), OPTIONS)) {
            // given
            batches.append(journal, 0, 12);

            // when
            journal.force();

            // then
            assertThat(journal.durable()).isEqualTo(journal.last());
            assertThat(journal.recordsAfter(-1, Integer.MAX_VALUE)).hasSize(12);
        }
    }

    @Test
    void shouldSetLaterFilesAsideWhenAnEarlierOneIsDamaged() {
        // given
        final Path live = temp.resolve("live");
        final Path folder = temp.resolve("killed");
        final JournalPosition expected;
        try (ChronicleJournal journal = ChronicleJournal.open(live, OPTIONS)) {
            batches.append(journal, 0, 3);
            journal.force();
            batches.append(journal, 3, 10);
            Disk.copyAsIfKilled(live, folder);
            expected = journal.last();
        }
        final Disk.Extent damaged = Disk.records(folder).get(4);
        Disk.flip(damaged.file(), damaged.end() - 1, 1);

        // when
        try (ChronicleJournal journal = ChronicleJournal.open(folder, OPTIONS)) {
            assertThat(journal.last().raftIndex()).isEqualTo(Batches.raftIndex(3));
            batches.append(journal, 4, 10);

            // then
            assertThat(journal.last()).isEqualTo(expected);
        }
        assertThat(Disk.setAside(folder)).hasSize(3);
        assertThat(TestJournals.verifyIntact(folder).records()).isEqualTo(10);
    }

    @Test
    void shouldGoOnWhenOnlyTheEndMarkOfAFileIsLost() {
        // given
        final Path folder = temp.resolve("journal");
        try (ChronicleJournal journal = ChronicleJournal.open(folder, OPTIONS)) {
            batches.append(journal, 0, 10);
        }
        final Disk.Extent lastOfFirstFile = Disk.records(folder).get(0);
        final long mark = (lastOfFirstFile.end() + 3) & ~3L;
        Disk.write(lastOfFirstFile.file(), mark, new byte[4]);

        // when, then
        assertThat(TestJournals.verifyIntact(folder).records()).isEqualTo(10);
        try (ChronicleJournal journal = ChronicleJournal.open(folder, OPTIONS)) {
            batches.append(journal, 0, 12);
        }
        assertThat(TestJournals.verifyIntact(folder).records()).isEqualTo(12);
    }

    @Test
    void shouldShowNewRecordsToAReaderThatReachedTheEnd() {
        final Path folder = temp.resolve("journal");
        try (ChronicleJournal journal = ChronicleJournal.open(folder, OPTIONS);
                ChronicleJournalReader reader = ChronicleJournalReader.open(folder)) {
            for (int n = 0; n < 20; n++) {
                // given
                assertThat(reader.next()).isNull();

                // when
                batches.append(journal, n);

                // then
                final JournalRecord record = reader.next();
                assertThat(record).isNotNull();
                assertThat(record.raftIndex()).isEqualTo(Batches.raftIndex(n));
            }
            assertThat(reader.position()).isEqualTo(journal.last());
        }
    }

    @Test
    void shouldResumeAfterARaftIndex() {
        final Path folder = temp.resolve("journal");
        try (ChronicleJournal journal = ChronicleJournal.open(folder, OPTIONS)) {
            batches.append(journal, 0, 10);
        }
        final List<JournalRecord> all = TestJournals.read(folder);
        for (int n = -1; n < 10; n++) {
            final long after = n < 0 ? -1 : Batches.raftIndex(n);
            try (ChronicleJournalReader reader = ChronicleJournalReader.openAfter(folder, after)) {
                final JournalRecord next = reader.next();
                if (n == 9) {
                    assertThat(next).isNull();
                } else {
                    assertThat(next).usingRecursiveComparison().isEqualTo(all.get(n + 1));
                }
            }
        }
    }
}
