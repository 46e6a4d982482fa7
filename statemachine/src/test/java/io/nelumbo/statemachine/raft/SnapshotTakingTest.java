package io.nelumbo.statemachine.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelumbo.journal.codec.BatchEncoder;
import io.nelumbo.journal.event.Event;
import io.nelumbo.statemachine.ledger.Events;
import io.nelumbo.statemachine.ledger.Ledger;
import io.nelumbo.statemachine.ledger.TestCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.storage.RaftStorage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** I7: a large snapshot is the state of one index, although more is applied while it is written. */
@Timeout(60)
final class SnapshotTakingTest {

    private static final long NOTHING_IS_SMALL = -1;
    private static final int CHUNK_BYTES = 16 * 1024;

    @TempDir Path folder;

    private final MemoryJournal journal = new MemoryJournal();
    private final TestCluster cluster = TestCluster.withAccounts(2);
    private final Ledger ledger = cluster.ledger();
    private final RecordingHalt halt = new RecordingHalt();
    private final Ending ending = new Ending();
    private final SnapshotStore store = new SnapshotStore(ledger, journal, NOTHING_IS_SMALL);
    private final SnapshotTaking taking =
            new SnapshotTaking(store, new HaltLatch(halt, ending), ending);
    private RaftStorage storage;
    private int journaled;

    @BeforeEach
    void initialize() throws IOException {
        storage = TestStorage.formatted(folder);
        store.storage().init(storage);
        follow();
    }

    @AfterEach
    void close() throws IOException {
        taking.abandon();
        storage.close();
    }

    @Test
    void shouldTellTheIndexOfAMomentOnceItIsWrittenAndNameItOnlyThen() throws IOException {
        // given
        commit(100);
        final byte[] moment = ledger.digest();
        final long at = journaled - 1;

        // when: the journal cannot be forced yet, so the snapshot stays under way
        synchronized (journal) {
            assertThat(take()).isEqualTo(RaftLog.INVALID_LOG_INDEX);
            commit(100);
            assertThat(take()).isEqualTo(RaftLog.INVALID_LOG_INDEX);
            assertThat(store.storage().getLatestSnapshot()).isNull();
        }

        // then
        assertThat(awaitTold()).isEqualTo(at);
        assertThat(store.storage().getLatestSnapshot().getIndex()).isEqualTo(at);
        assertThat(journal.durable().raftIndex()).isGreaterThanOrEqualTo(at);
        final Ledger restored = new Ledger();
        final SnapshotStore again = new SnapshotStore(restored, journal);
        again.storage().init(storage);
        assertThat(again.restore()).isPresent();
        assertThat(restored.digest()).isEqualTo(moment);
        assertThat(halt.reasons).isEmpty();
    }

    @Test
    void shouldTakeOneAfterTheOther() throws IOException {
        for (int round = 0; round < 5; round++) {
            commit(20);
            final long at = journaled - 1;
            assertThat(take()).isEqualTo(RaftLog.INVALID_LOG_INDEX);
            commit(1);
            assertThat(awaitTold()).isEqualTo(at);
        }
        assertThat(store.storage().getLatestSnapshot().getIndex()).isEqualTo(journaled - 2);
    }

    @Test
    void shouldHaltAndNameNothingWhenTheJournalCannotBeForced_I11() throws IOException {
        // given
        commit(10);
        journal.breakForce();

        // when
        assertThat(take()).isEqualTo(RaftLog.INVALID_LOG_INDEX);

        // then
        Await.until("the halt", halt::isHalted);
        assertThat(halt.reasons.get(0)).contains("no snapshot could be taken at Raft index");
        taking.abandon();
        assertThat(store.storage().getLatestSnapshot()).isNull();
        assertThatThrownBy(journal::force).hasMessageContaining("disk is broken");
    }

    @Test
    void shouldLeaveNothingWhenAnotherSnapshotIsInstalledMeanwhile() throws IOException {
        // given
        commit(10);
        assertThat(take()).isEqualTo(RaftLog.INVALID_LOG_INDEX);

        // when
        taking.abandon();

        // then
        assertThat(store.storage().getLatestSnapshot()).isNull();
        store.restore();
        assertThat(snapshotFiles()).isEmpty();
    }

    @Test
    void shouldStopWritingWithinAChunkWhenItIsAbandoned() throws Exception {
        // given: one of many chunks, which has not begun because the journal is being forced
        commit(500);
        final Thread abandoning = new Thread(taking::abandon, "abandoning");
        synchronized (journal) {
            assertThat(take()).isEqualTo(RaftLog.INVALID_LOG_INDEX);

            // when
            abandoning.start();
            Await.until("the wait", () -> abandoning.getState() == Thread.State.WAITING);
        }
        abandoning.join();

        // then
        assertThat(ledger.outboxBytes()).isGreaterThan(16 * CHUNK_BYTES);
        for (final Path file : snapshotFiles()) {
            assertThat(Files.size(file)).isLessThanOrEqualTo(CHUNK_BYTES);
        }
        assertThat(store.storage().getLatestSnapshot()).isNull();
        assertThat(halt.reasons).isEmpty();
    }

    @Test
    void shouldTakeTheNextOneAfterOneWasAbandoned() throws IOException {
        // given
        commit(10);
        assertThat(take()).isEqualTo(RaftLog.INVALID_LOG_INDEX);
        taking.abandon();

        // when
        assertThat(take()).isEqualTo(RaftLog.INVALID_LOG_INDEX);

        // then
        assertThat(awaitTold()).isEqualTo(journaled - 1);
    }

    @Test
    void shouldStartWithoutASnapshotWhenTheFolderIsMissing() throws IOException {
        // given: Ratis died while it put an installed folder in place of this one
        Files.delete(snapshotFolder());
        final SnapshotStore again = new SnapshotStore(ledger, journal);
        again.storage().init(storage);

        // when, then
        assertThat(again.restore()).isEmpty();
        assertThat(again.take(TermIndex.valueOf(1, journaled - 1))).isTrue();
    }

    @Test
    void shouldCountAccountsAndWhatIsKeptOfEachMessage() {
        // given
        final TestCluster many = TestCluster.withAccounts(1);
        final SnapshotStore large = new SnapshotStore(many.ledger(), journal);
        assertThat(large.isLarge()).isFalse();

        // when: accounts alone
        for (int first = 1; first < 80_000; first += 1_000) {
            final int from = first;
            many.with(
                    IntStream.range(from, from + 1_000)
                            .mapToObj(accountId -> Events.account(accountId, 0))
                            .toArray(Event[]::new));
        }

        // then
        assertThat(large.isLarge()).isTrue();
    }

    @Test
    void shouldTakeItAtOnceWhenTheNodeIsClosing() throws IOException {
        commit(10);
        assertThat(take()).isEqualTo(RaftLog.INVALID_LOG_INDEX);
        commit(1);
        ending.close();
        assertThat(take()).isEqualTo(journaled - 1);
    }

    private Path snapshotFolder() {
        return store.storage().getSnapshotFile(0, 0).toPath().getParent();
    }

    private List<Path> snapshotFiles() throws IOException {
        try (Stream<Path> files = Files.list(snapshotFolder())) {
            return files.toList();
        }
    }

    private long take() throws IOException {
        return taking.take(TermIndex.valueOf(1, journaled - 1));
    }

    private long takeUnchecked() {
        try {
            return take();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long awaitTold() {
        final long[] told = {RaftLog.INVALID_LOG_INDEX};
        Await.until(
                "the snapshot",
                () -> {
                    told[0] = takeUnchecked();
                    return told[0] != RaftLog.INVALID_LOG_INDEX;
                });
        return told[0];
    }

    private void commit(final int messages) {
        for (int n = 0; n < messages; n++) {
            final int accountId = n % 2;
            cluster.with(
                    Events.message(
                            accountId, ledger.nextNonce(accountId), cluster.applied().size()));
        }
        follow();
    }

    /** Journals what the ledger has applied. */
    private void follow() {
        final List<byte[]> batches =
                cluster.applied().stream().skip(journaled).map(BatchEncoder::encode).toList();
        for (final byte[] batch : batches) {
            journal.append(1, journaled, new UnsafeBuffer(batch), 0, batch.length);
            journaled++;
        }
    }
}
