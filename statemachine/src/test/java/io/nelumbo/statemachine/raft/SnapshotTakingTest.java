package io.nelumbo.statemachine.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelumbo.statemachine.ledger.Ledger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.storage.RaftStorage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** I7: a snapshot is the state of one index, although more is applied while it is written. */
@Timeout(60)
final class SnapshotTakingTest {

    private static final long EVERY_BYTES = 1000;
    private static final int CHUNK_BYTES = 16 * 1024;

    @TempDir Path folder;

    private final JournaledLedger replica = new JournaledLedger();
    private final MemoryJournal journal = replica.journal;
    private final Ledger ledger = replica.ledger;
    private final RecordingHalt halt = new RecordingHalt();
    private final Ending ending = new Ending();
    private final List<CompletableFuture<Void>> asks = new CopyOnWriteArrayList<>();
    private final SnapshotStore store = new SnapshotStore(ledger, journal);
    private PurgedSegments purged;
    private SnapshotTaking taking;
    private RaftStorage storage;
    private volatile Asking asking = Asking.ANSWERED;
    private final CountDownLatch heldUp = new CountDownLatch(1);

    /** Whether Ratis's answer to being asked comes at once, or when the test gives it. */
    private enum Asking {
        ANSWERED,
        OPEN,
        /** Whoever asks waits, as for a lock of Ratis's. */
        HELD_UP
    }

    @BeforeEach
    void initialize() throws IOException {
        storage = TestStorage.formatted(folder);
        store.storage().init(storage);
        purged = new PurgedSegments(folder.resolve("log"), folder.resolve("purged"));
        purged.clear();
        taking =
                new SnapshotTaking(
                        store,
                        SnapshotInterval.every(EVERY_BYTES),
                        purged,
                        new HaltLatch(halt, ending),
                        ending,
                        this::ask);
    }

    @AfterEach
    void close() throws IOException {
        taking.abandon();
        storage.close();
    }

    @Test
    void shouldTellTheIndexOfAMomentOnceItIsWrittenAndNameItOnlyThen() throws IOException {
        // given
        replica.commit(100);
        final byte[] moment = ledger.digest();
        final long at = replica.last().getIndex();

        // when: the journal cannot be forced yet, so the snapshot stays under way
        synchronized (journal) {
            assertThat(take()).isEqualTo(RaftLog.INVALID_LOG_INDEX);
            replica.commit(100);
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
    void shouldNameWhatWillBePurgedBeforeItIsTold() throws IOException {
        // given
        replica.commit(10);
        Files.createDirectory(folder.resolve("log"));
        Files.writeString(folder.resolve("log").resolve("log_0-3"), "a segment");
        assertThat(take()).isEqualTo(RaftLog.INVALID_LOG_INDEX);

        // when
        awaitTold();

        // then
        assertThat(folder.resolve("purged").resolve("log_0-3")).hasContent("a segment");
    }

    @Test
    void shouldTakeOneAfterTheOther() throws IOException {
        for (int round = 0; round < 5; round++) {
            replica.commit(20);
            final long at = replica.last().getIndex();
            assertThat(take()).isEqualTo(RaftLog.INVALID_LOG_INDEX);
            replica.commit(1);
            assertThat(awaitTold()).isEqualTo(at);
        }
        assertThat(store.storage().getLatestSnapshot().getIndex())
                .isEqualTo(replica.last().getIndex() - 1);
    }

    @Test
    void shouldHaltAndNameNothingWhenTheJournalCannotBeForced_I11() throws IOException {
        // given
        replica.commit(10);
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
        replica.commit(10);
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
        replica.commit(500);
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
        replica.commit(10);
        assertThat(take()).isEqualTo(RaftLog.INVALID_LOG_INDEX);
        taking.abandon();

        // when
        assertThat(take()).isEqualTo(RaftLog.INVALID_LOG_INDEX);

        // then
        assertThat(awaitTold()).isEqualTo(replica.last().getIndex());
    }

    @Test
    void shouldNotBeDueBeforeAsManyBytesWereAppliedAsTheSnapshotItselfHas() throws IOException {
        // given
        replica.commit(100);
        assertThat(store.take(replica.last())).isTrue();
        final long snapshotBytes =
                Files.size(store.storage().getLatestSnapshot().getFile().getPath());
        assertThat(snapshotBytes).isGreaterThan(10 * EVERY_BYTES);

        // when, then
        assertThat(taking.isDueAfter((int) snapshotBytes / 2)).isFalse();
        assertThat(taking.isDueAfter((int) snapshotBytes / 2 + 1)).isTrue();
    }

    @Test
    void shouldCountAnewFromTheMomentOfASnapshotOn() throws IOException {
        // given
        taking.isDueAfter((int) EVERY_BYTES);
        taking.begin(replica.last());

        // when, then
        assertThat(taking.isDueAfter((int) EVERY_BYTES - 1)).isFalse();
        assertThat(awaitTold()).isEqualTo(replica.last().getIndex());
        assertThat(taking.isDueAfter(1)).isTrue();
    }

    @Test
    void shouldAskToBeAskedOnceItIsWrittenAndBeginNoOtherForThat() throws IOException {
        // given
        asking = Asking.OPEN;
        replica.commit(10);
        final long at = replica.last().getIndex();
        assertThat(take()).isEqualTo(RaftLog.INVALID_LOG_INDEX);
        Await.until("to be asked to ask", () -> asks.size() == 1);

        // when: it is told for another reason before
        assertThat(take()).isEqualTo(at);
        assertThat(take()).isEqualTo(RaftLog.INVALID_LOG_INDEX);
        asks.get(0).complete(null);

        // then: only now does asking begin one
        assertThat(take()).isEqualTo(RaftLog.INVALID_LOG_INDEX);
        Await.until("to be asked to ask", () -> asks.size() == 2);
        assertThat(take()).isEqualTo(at);
        assertThat(snapshotFiles()).hasSize(2);
    }

    @Test
    void shouldAskAgainWhenItCouldNotBeAsked() throws IOException {
        // given
        asking = Asking.OPEN;
        replica.commit(10);
        final TermIndex at = replica.last();
        taking.begin(at);
        Await.until("to be asked to ask", () -> asks.size() == 1);
        asks.get(0).completeExceptionally(new IllegalStateException("not running yet"));

        // when
        taking.begin(at);

        // then
        Await.until("to be asked to ask", () -> asks.size() == 2);
        assertThat(take()).isEqualTo(at.getIndex());
    }

    @Test
    void shouldNotWaitForRatisWhileItAsksAgainBecauseRatisMayBeWaitingForUs() throws IOException {
        // given
        asking = Asking.OPEN;
        replica.commit(10);
        final TermIndex at = replica.last();
        taking.begin(at);
        Await.until("to be asked to ask", () -> asks.size() == 1);
        asking = Asking.HELD_UP;
        asks.get(0).completeExceptionally(new IllegalStateException("not running yet"));

        // when
        taking.begin(at);

        // then: that returned, and so does what Ratis waits for
        taking.abandon();
        heldUp.countDown();
        Await.until("to be asked to ask", () -> asks.size() == 2);
    }

    @Test
    void shouldTakeItAtOnceWhenTheNodeIsClosing() throws IOException {
        replica.commit(10);
        assertThat(take()).isEqualTo(RaftLog.INVALID_LOG_INDEX);
        replica.commit(1);
        ending.close();
        assertThat(take()).isEqualTo(replica.last().getIndex());
    }

    private CompletableFuture<Void> ask() {
        if (asking == Asking.HELD_UP) {
            awaitNotHeldUp();
        }
        final CompletableFuture<Void> reply = new CompletableFuture<>();
        asks.add(reply);
        if (asking == Asking.ANSWERED) {
            reply.complete(null);
        }
        return reply;
    }

    private void awaitNotHeldUp() {
        try {
            heldUp.await();
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
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
        return taking.take(replica.last());
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
}
