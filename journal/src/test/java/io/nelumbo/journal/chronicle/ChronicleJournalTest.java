package io.nelumbo.journal.chronicle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nelumbo.journal.HashChain;
import io.nelumbo.journal.JournalFailure;
import io.nelumbo.journal.JournalPosition;
import io.nelumbo.journal.JournalRecord;
import io.nelumbo.journal.Verification;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.openhft.posix.PosixAPI;
import net.openhft.posix.internal.noop.NoOpPosixAPI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChronicleJournalTest {

    private static final ChronicleJournalOptions OPTIONS = TestJournals.OPTIONS;

    private final Batches batches = new Batches(Batches.SECOND_NS);

    @TempDir Path folder;

    @Test
    void shouldBeginAtGenesisWhenFolderIsNew() {
        try (ChronicleJournal journal = ChronicleJournal.open(folder, OPTIONS)) {
            assertThat(journal.last()).isEqualTo(JournalPosition.genesis());
            assertThat(journal.durable()).isEqualTo(JournalPosition.genesis());
            assertThat(journal.last().hash()).isEqualTo(HashChain.genesis());
            assertThat(journal.recordsAfter(-1, 1000)).isEmpty();
            assertThat(journal.batchOf(0)).isNull();
        }
    }

    @Test
    void shouldAskTheSystemForNothingByItselfWhenOpen() {
        // given
        ChronicleJournal.open(folder, OPTIONS).close();

        // then
        assertThat(PosixAPI.posix()).isInstanceOf(NoOpPosixAPI.class);
    }

    @Test
    void shouldGiveBackWhatWasAppendedWhenReadInOrder() {
        // given
        try (ChronicleJournal journal = ChronicleJournal.open(folder, OPTIONS)) {
            batches.append(journal, 0, 100);

            // when
            final List<JournalRecord> records = TestJournals.read(folder);

            // then
            assertThat(records).hasSize(100);
            for (int n = 0; n < 100; n++) {
                final JournalRecord record = records.get(n);
                assertThat(record.raftIndex()).isEqualTo(Batches.raftIndex(n));
                assertThat(record.raftTerm()).isEqualTo(Batches.raftTerm(n));
                assertThat(record.firstSequence()).isEqualTo(Batches.firstSequence(n));
                assertThat(record.payload()).isEqualTo(batches.batch(n));
                assertThat(record.events().events()).hasSize(record.count());
            }
            assertThat(journal.last().hash()).isEqualTo(records.get(99).hash());
            assertThat(journal.last().nextSequence()).isEqualTo(Batches.firstSequence(100));
        }
    }

    @Test
    void shouldBeDurableOnlyAfterForce() {
        try (ChronicleJournal journal = ChronicleJournal.open(folder, OPTIONS)) {
            // given
            batches.append(journal, 0, 5);
            assertThat(journal.durable()).isEqualTo(JournalPosition.genesis());

            // when
            journal.force();

            // then
            assertThat(journal.durable()).isEqualTo(journal.last());
            batches.append(journal, 5);
            assertThat(journal.durable().raftIndex()).isEqualTo(Batches.raftIndex(4));
        }
    }

    @Test
    void shouldContinueTheChainWhenReopened() {
        // given
        final JournalPosition before;
        try (ChronicleJournal journal = ChronicleJournal.open(folder, OPTIONS)) {
            batches.append(journal, 0, 20);
            before = journal.last();
        }

        // when
        try (ChronicleJournal journal = ChronicleJournal.open(folder, OPTIONS)) {
            assertThat(journal.last()).isEqualTo(before);
            assertThat(journal.durable()).isEqualTo(before);
            batches.append(journal, 20, 40);
        }

        // then
        assertThat(TestJournals.verifyIntact(folder).records()).isEqualTo(40);
    }

    @Test
    void shouldNotJournalTwiceWhenRaftReplaysAppliedBatches() {
        // given
        try (ChronicleJournal journal = ChronicleJournal.open(folder, OPTIONS)) {
            batches.append(journal, 0, 60);
        }

        try (ChronicleJournal journal = ChronicleJournal.open(folder, OPTIONS)) {
            final JournalPosition before = journal.last();

            // when
            batches.append(journal, 17, 60);

            // then
            assertThat(journal.last()).isEqualTo(before);
            batches.append(journal, 60, 70);
            batches.append(journal, 0, 70);
        }
        assertThat(TestJournals.verifyIntact(folder).records()).isEqualTo(70);
    }

    @Test
    void shouldRefuseWhenReplayedBatchDiffersFromTheJournal() {
        try (ChronicleJournal journal = ChronicleJournal.open(folder, OPTIONS)) {
            batches.append(journal, 0, 10);
            final byte[] other = batches.batch(5);
            other[other.length - 1] ^= 1;

            assertThatExceptionOfType(JournalFailure.class)
                    .isThrownBy(() -> Batches.append(journal, 5, other))
                    .withMessageContaining("do not belong together");
        }
    }

    @Test
    void shouldRefuseWhenReplayedIndexWasNeverJournaled() {
        try (ChronicleJournal journal = ChronicleJournal.open(folder, OPTIONS)) {
            batches.append(journal, 0, 10);
            final byte[] batch = batches.batch(5);

            assertThatExceptionOfType(JournalFailure.class)
                    .isThrownBy(
                            () ->
                                    journal.append(
                                            1,
                                            Batches.raftIndex(5) + 1,
                                            new org.agrona.concurrent.UnsafeBuffer(batch),
                                            0,
                                            batch.length))
                    .withMessageContaining("Expected Raft index 21");
        }
    }

    @Test
    void shouldRefuseWhenSequencesWouldHaveAGap() {
        try (ChronicleJournal journal = ChronicleJournal.open(folder, OPTIONS)) {
            batches.append(journal, 0, 10);

            assertThatExceptionOfType(JournalFailure.class)
                    .isThrownBy(() -> batches.append(journal, 11))
                    .withMessageContaining("first sequence 30")
                    .withMessageContaining("33");
            batches.append(journal, 10);
        }
    }

    @Test
    void shouldRefuseTheSecondOpenOfOneFolder() {
        try (ChronicleJournal journal = ChronicleJournal.open(folder, OPTIONS)) {
            assertThatExceptionOfType(JournalFailure.class)
                    .isThrownBy(() -> ChronicleJournal.open(folder, OPTIONS).close())
                    .withMessageContaining("open already");
            batches.append(journal, 0);
        }
        ChronicleJournal.open(folder, OPTIONS).close();
    }

    @Test
    void shouldBeTheSameRecordForRecordWhenTwoJournalsAreFedTheSame_I7(@TempDir final Path other) {
        // given
        try (ChronicleJournal one = ChronicleJournal.open(folder, OPTIONS)) {
            batches.append(one, 0, 130);
        }
        for (int from = 0; from < 130; from += 13) {
            try (ChronicleJournal two = ChronicleJournal.open(other, OPTIONS)) {
                batches.append(two, Math.max(0, from - 5), from + 13);
            }
        }

        // when
        final Verification.Intact first = TestJournals.verifyIntact(folder);
        final Verification.Intact second = TestJournals.verifyIntact(other);

        // then
        assertThat(second).isEqualTo(first);
        assertThat(TestJournals.read(other))
                .usingRecursiveFieldByFieldElementComparator()
                .isEqualTo(TestJournals.read(folder));
    }

    @Test
    void shouldServeRecordsToAPeerThatMissedThem(@TempDir final Path peerFolder) {
        try (ChronicleJournal journal = ChronicleJournal.open(folder, OPTIONS);
                ChronicleJournal peer = ChronicleJournal.open(peerFolder, OPTIONS)) {
            // given
            batches.append(journal, 0, 50);
            batches.append(peer, 0, 20);

            // when
            int rounds = 0;
            while (!peer.last().equals(journal.last())) {
                final List<byte[]> records = journal.recordsAfter(peer.last().raftIndex(), 5_000);
                assertThat(records).isNotEmpty();
                records.forEach(peer::appendRecord);
                rounds++;
            }

            // then
            assertThat(rounds).isGreaterThan(3);
            peer.appendRecord(journal.recordsAfter(Batches.raftIndex(30), 1).get(0));
            assertThat(journal.recordsAfter(Batches.raftIndex(30), 1)).hasSize(1);
            assertThat(journal.recordsAfter(Batches.raftIndex(49), 5_000)).isEmpty();
            batches.append(peer, 50);
        }
        assertThat(TestJournals.verifyIntact(peerFolder).records()).isEqualTo(51);
    }

    @Test
    void shouldRefuseAPeersRecordThatIsDamagedOrDoesNotFollow() {
        final List<byte[]> records = new ArrayList<>();
        try (ChronicleJournal journal = ChronicleJournal.open(folder, OPTIONS)) {
            batches.append(journal, 0, 5);
            records.addAll(journal.recordsAfter(-1, 1 << 20));
        }
        try (ChronicleJournal peer = ChronicleJournal.open(folder.resolve("peer"), OPTIONS)) {
            peer.appendRecord(records.get(0));
            final JournalPosition before = peer.last();
            for (int n = 0; n < records.get(1).length; n++) {
                final byte[] damaged = records.get(1).clone();
                damaged[n] ^= 0x10;
                assertThatExceptionOfType(JournalFailure.class)
                        .isThrownBy(() -> peer.appendRecord(damaged));
            }
            assertThatExceptionOfType(JournalFailure.class)
                    .isThrownBy(() -> peer.appendRecord(records.get(2)))
                    .withMessageContaining("does not continue");
            assertThat(peer.last()).isEqualTo(before);
            peer.appendRecord(records.get(1));
        }
    }

    @Test
    void shouldFindTheBatchOfAnySequenceAlsoAfterARestart() {
        try (ChronicleJournal journal = ChronicleJournal.open(folder, OPTIONS)) {
            batches.append(journal, 0, 40);
            assertBatchesFound(journal, 40);
        }
        try (ChronicleJournal journal = ChronicleJournal.open(folder, OPTIONS)) {
            batches.append(journal, 40, 60);
            assertBatchesFound(journal, 60);
            assertThat(journal.batchOf(Batches.firstSequence(60))).isNull();
            assertThat(journal.batchOf(-1)).isNull();
        }
    }

    @Test
    void shouldStopAdmissionThenAppendsWhenDiskRunsLow() {
        final ChronicleJournalOptions starved =
                OPTIONS.withFreeSpaceWatermarkBytes(Long.MAX_VALUE / 2);
        try (ChronicleJournal journal = ChronicleJournal.open(folder, starved)) {
            assertThat(journal.hasHeadroom()).isFalse();
            assertThatExceptionOfType(JournalFailure.class)
                    .isThrownBy(() -> batches.append(journal, 0))
                    .withMessageContaining("Cannot append");
            assertThatExceptionOfType(JournalFailure.class)
                    .isThrownBy(journal::force)
                    .withMessageContaining("failed before");
        }
        try (ChronicleJournal journal = ChronicleJournal.open(folder, OPTIONS)) {
            assertThat(journal.hasHeadroom()).isTrue();
        }
    }

    private void assertBatchesFound(final ChronicleJournal journal, final int count) {
        for (int n = 0; n < count; n++) {
            for (long k = Batches.firstSequence(n); k < Batches.firstSequence(n + 1); k++) {
                assertThat(journal.batchOf(k)).isEqualTo(batches.batch(n));
            }
        }
    }
}
