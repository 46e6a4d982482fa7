package io.nelumbo.journal.chronicle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nelumbo.journal.JournalFailure;
import io.nelumbo.journal.JournalPosition;
import io.nelumbo.journal.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A start after something happened to the files. Ten records are durable in each test, and ten more
 * were appended when the node was killed.
 */
final class RecoveryTest {

    private static final ChronicleJournalOptions OPTIONS = TestJournals.OPTIONS;
    private static final int DURABLE = 10;
    private static final int APPENDED = 20;
    private static final int MORE = 30;

    private final Batches batches = new Batches(Batches.SECOND_NS);

    @TempDir Path temp;
    private Path folder;
    private List<Disk.Extent> records;
    private JournalPosition expected;

    @BeforeEach
    void killANode() {
        folder = temp.resolve("killed");
        try (ChronicleJournal journal = ChronicleJournal.open(temp.resolve("live"), OPTIONS)) {
            batches.append(journal, 0, DURABLE);
            journal.force();
            batches.append(journal, DURABLE, APPENDED);
            Disk.copyAsIfKilled(temp.resolve("live"), folder);
            batches.append(journal, APPENDED, MORE);
            expected = journal.last();
        }
        records = Disk.records(folder);
        assertThat(records).hasSize(APPENDED);
    }

    @Test
    void shouldKeepWhatWasAppendedWhenNothingIsDamaged() {
        assertContinuesAfter(APPENDED);
        assertThat(Disk.setAside(folder)).isEmpty();
    }

    @Test
    void shouldSetTheTailAsideWhenARecordIsDamagedBehindTheCheckpoint() throws IOException {
        // given
        final Disk.Extent damaged = records.get(15);
        Disk.flip(damaged.file(), damaged.end() - 1, 0x40);
        final byte[] evidence = Files.readAllBytes(damaged.file());

        // when, then
        assertContinuesAfter(15);
        assertThat(Disk.setAside(folder)).hasSize(1);
        assertThat(Files.readAllBytes(Disk.setAside(folder).get(0))).isEqualTo(evidence);
    }

    @Test
    void shouldSetTheTailAsideWhenAPageIsLostInTheMiddle() {
        Disk.zero(records.get(12));
        assertContinuesAfter(12);
        assertThat(Disk.setAside(folder)).hasSize(1);
    }

    @Test
    void shouldSetTheTailAsideWhenEverythingBehindTheCheckpointIsLostButChroniclesOwnNotes() {
        records.subList(DURABLE, APPENDED).forEach(Disk::zero);
        assertContinuesAfter(DURABLE);
        assertThat(Disk.setAside(folder)).hasSize(1);
    }

    @Test
    void shouldWriteOverARecordWhoseWriterDied() {
        // given: Chronicle writes the header last
        final Disk.Extent last = records.get(APPENDED - 1);
        Disk.write(last.file(), last.begin(), new byte[4]);
        Disk.write(last.file(), last.end() - 100, new byte[100]);

        // when, then
        assertContinuesAfter(APPENDED - 1);
    }

    @Test
    void shouldVerifyFromTheBeginningWhenTheCheckpointIsLost() throws IOException {
        Files.delete(folder.resolve("checkpoint"));
        Disk.flip(records.get(4).file(), records.get(4).end() - 1, 1);
        assertContinuesAfter(4);
    }

    @Test
    void shouldVerifyFromTheBeginningWhenTheCheckpointIsDamaged() throws IOException {
        final Path checkpoint = folder.resolve("checkpoint");
        for (int n = 0; n < Files.size(checkpoint); n++) {
            // given
            final Path copy = temp.resolve("copy-" + n);
            Disk.copyAsIfKilled(folder, copy);
            Disk.flip(copy.resolve("checkpoint"), n, 0x01);

            // when, then
            assertThat(CheckpointFile.read(copy)).isNull();
        }
        Disk.flip(checkpoint, 40, 0x04);
        assertContinuesAfter(APPENDED);
    }

    @Test
    void shouldRefuseToStartWhenADurableRecordIsDamaged() throws IOException {
        final Disk.Extent lastDurable = records.get(DURABLE - 1);
        Disk.flip(lastDurable.file(), lastDurable.begin() + 200, 1);

        assertThatExceptionOfType(JournalFailure.class)
                .isThrownBy(() -> ChronicleJournal.open(folder, OPTIONS).close())
                .withMessageContaining("lost durable records")
                .withMessageContaining("raft index " + Batches.raftIndex(DURABLE - 1))
                .withMessageContaining("move it away");
        assertThat(Disk.setAside(folder)).isEmpty();
    }

    @Test
    void shouldRefuseToStartWhenTheCheckpointSaysMoreThanTheFilesHold() throws IOException {
        Files.delete(records.get(0).file());

        assertThatExceptionOfType(JournalFailure.class)
                .isThrownBy(() -> ChronicleJournal.open(folder, OPTIONS).close())
                .withMessageContaining("lost durable records");
    }

    @Test
    void shouldFindOldDamageWhenItIsReadOrVerified() {
        // given: far before the checkpoint, where a start does not look
        final Disk.Extent old = records.get(3);
        Disk.flip(old.file(), old.begin() + 150, 1);

        // when, then
        assertThat(JournalVerifier.verify(folder)).isInstanceOf(Verification.Broken.class);
        try (ChronicleJournal journal = ChronicleJournal.open(folder, OPTIONS)) {
            assertThatExceptionOfType(JournalFailure.class)
                    .isThrownBy(() -> journal.batchOf(Batches.firstSequence(3)))
                    .withMessageContaining("damaged");
            assertThatExceptionOfType(JournalFailure.class)
                    .isThrownBy(() -> journal.recordsAfter(-1, 1 << 20))
                    .withMessageContaining("damaged");
        }
    }

    @Test
    void shouldDoTheRepairAgainWhenACrashCutItOff() throws IOException {
        // given
        Disk.flip(records.get(15).file(), records.get(15).end() - 1, 1);
        final Path rewrite = Files.createDirectory(folder.resolve("rewrite"));
        Files.writeString(rewrite.resolve("20231114-2210V.cq4"), "half of it");

        // when, then
        assertContinuesAfter(15);
        assertThat(rewrite).doesNotExist();
    }

    @Test
    void shouldStartWhenChroniclesBookkeepingIsTorn() throws IOException {
        Files.write(folder.resolve("metadata.cq4t"), new byte[64 * 1024]);
        assertContinuesAfter(APPENDED);
    }

    @Test
    void shouldSetAFileAsideWhenItsCreationWasTorn() throws IOException {
        Files.write(folder.resolve("20231114-2220V.cq4"), new byte[128 * 1024]);
        assertContinuesAfter(APPENDED);
    }

    @Test
    void shouldRefuseAnotherCycleThanTheFolderWasBegunWith() {
        assertThatExceptionOfType(JournalFailure.class)
                .isThrownBy(
                        () ->
                                ChronicleJournal.open(folder, OPTIONS.withCycle(JournalCycle.DAY))
                                        .close())
                .withMessageContaining("another cycle");
        assertContinuesAfter(APPENDED);
    }

    /** The start keeps exactly so many records; the Raft log brings the rest; the chain is one. */
    private void assertContinuesAfter(final int kept) {
        try (ChronicleJournal journal = ChronicleJournal.open(folder, OPTIONS)) {
            assertThat(journal.last().raftIndex()).isEqualTo(Batches.raftIndex(kept - 1));
            assertThat(journal.durable()).isEqualTo(journal.last());
            batches.append(journal, 0, MORE);
            assertThat(journal.last()).isEqualTo(expected);
        }
        assertThat(TestJournals.verifyIntact(folder).records()).isEqualTo(MORE);
        try (ChronicleJournal journal = ChronicleJournal.open(folder, OPTIONS)) {
            assertThat(journal.last()).isEqualTo(expected);
        }
    }
}
