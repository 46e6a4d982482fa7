package io.nelumbo.statemachine.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelumbo.journal.codec.BatchEncoder;
import io.nelumbo.journal.event.Event;
import io.nelumbo.journal.event.EventBatch;
import io.nelumbo.statemachine.ledger.Ledger;
import io.nelumbo.statemachine.raft.peerport.Followers;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.proto.RaftProtos.StateMachineLogEntryProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.util.MD5FileUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One state machine without a cluster, driven as Ratis drives it: I11. */
final class HaltingTest {

    private static final long TERM = 1;
    private static final long NEVER_BY_BYTES = Long.MAX_VALUE;

    @TempDir Path folder;

    private final MemoryJournal journal = new MemoryJournal();
    private final Ledger ledger = new Ledger();
    private final RecordingListener listener = new RecordingListener();
    private final RecordingHalt halt = new RecordingHalt();
    private final Ending ending = new Ending();
    private Leadership leadership;
    private PeerLink link;
    private RaftStorage storage;
    private LedgerStateMachine machine;

    @BeforeEach
    void initialize() throws IOException {
        storage = TestStorage.formatted(folder);
        machine = newMachine();
        machine.initialize(someServer(), RaftGroupId.randomId(), storage);
    }

    private LedgerStateMachine newMachine() throws IOException {
        final HaltLatch latch = new HaltLatch(halt, ending);
        final RaftSettings settings =
                RaftSettings.standard(
                        TestPeers.A,
                        RaftCluster.foundedBy(List.of(TestPeers.member(TestPeers.A, 1))),
                        folder);
        leadership = new Leadership(TestPeers.id(TestPeers.A), listener, latch);
        link = new PeerLink(settings, RaftStart.groupOf(settings), new Parameters());
        return new LedgerStateMachine(
                new Replica(
                        new BatchApplier(ledger, journal, listener),
                        new SnapshotStore(ledger, journal),
                        SnapshotInterval.every(NEVER_BY_BYTES),
                        settings.purgedSegments(),
                        new JournalRepair(journal, link, settings, ending),
                        new AppendGate(),
                        leadership,
                        new PeerDesk(
                                journal,
                                SeenMembers.open(folder),
                                listener,
                                () -> new LastEntry(0, 0)),
                        new Followers(),
                        latch,
                        ending));
    }

    /** Asked for its id, and to have us asked for a snapshot, which the test does itself. */
    private static RaftServer someServer() {
        return (RaftServer)
                Proxy.newProxyInstance(
                        RaftServer.class.getClassLoader(),
                        new Class<?>[] {RaftServer.class},
                        (proxy, method, arguments) ->
                                method.getReturnType() == RaftPeerId.class
                                        ? RaftPeerId.valueOf(TestPeers.id(TestPeers.A))
                                        : CompletableFuture.completedFuture(null));
    }

    @AfterEach
    void close() throws IOException {
        leadership.close();
        link.close();
        storage.close();
    }

    @Test
    void shouldHaltAndApplyNothingMoreWhenTheJournalFails_I11() {
        // given
        apply(0, epochOpened());
        journal.breakDisk();

        // when
        expectNotApplied(1, accountOpened());

        // then
        assertThat(halt.reasons).hasSize(1);
        assertThat(halt.reasons.get(0)).contains("Raft index 1").contains("disk is broken");
        journal.repairDisk();
        expectNotApplied(2, accountOpened());
        assertThat(journal.size()).isEqualTo(1);
        assertThat(listener.applied).hasSize(1);
        assertThat(machine.takeSnapshot()).isEqualTo(RaftLog.INVALID_LOG_INDEX);
        assertThat(halt.reasons).hasSize(1);
    }

    @Test
    void shouldHaltBeforeApplyingWhenTheBatchIsOfANewerVersion_I11() {
        // given: the schema version stands in the last two bytes of the message header
        final byte[] newer = epochOpened();
        newer[6] = 99;

        // when
        expectNotApplied(0, newer);

        // then
        assertThat(halt.reasons).hasSize(1);
        assertThat(halt.reasons.get(0)).contains("upgrade this node");
        expectNothingApplied();
    }

    @Test
    void shouldHaltBeforeApplyingWhenTheClusterIsRaisedBeyondThisNode_I11() {
        // given
        apply(0, epochOpened());

        // when
        expectNotApplied(1, batch(1, new Event.ClusterVersionRaised(99)));

        // then
        assertThat(halt.reasons).hasSize(1);
        assertThat(ledger.nextSequence()).isEqualTo(1);
        assertThat(journal.size()).isEqualTo(1);
    }

    @Test
    void shouldHaltWhenTheListenerFails_I11() {
        // given
        listener.failing = true;

        // when
        expectNotApplied(0, epochOpened());

        // then
        assertThat(halt.reasons).hasSize(1);
    }

    @Test
    void shouldHaltWhenAnEntryIsMissing_I11() {
        // given
        apply(0, epochOpened());

        // when
        expectNotApplied(2, accountOpened());

        // then
        assertThat(halt.reasons.get(0)).contains("expected the entry at Raft index 1 but was 2");
        assertThat(ledger.nextSequence()).isEqualTo(1);
    }

    @Test
    void shouldHaltWhenTheJournalCannotBeForcedForASnapshot_I11() {
        // given
        apply(0, epochOpened());
        journal.breakForce();

        // when
        assertThat(machine.takeSnapshot()).isEqualTo(RaftLog.INVALID_LOG_INDEX);

        // then
        Await.until("the halt", halt::isHalted);
        assertThat(halt.reasons.get(0)).contains("no snapshot could be taken");
        assertThat(machine.getLatestSnapshot()).isNull();
    }

    @Test
    void shouldHaltWhenTheInstalledSnapshotIsDamaged_I11() throws IOException {
        // given
        apply(0, epochOpened());
        assertThat(awaitSnapshot()).isZero();
        apply(1, accountOpened());

        // when: a snapshot from elsewhere, for which Ratis's own checksum holds
        machine.pause();
        install(TermIndex.valueOf(TERM, 7), new byte[] {1, 2, 3});
        machine.reinitialize();

        // then
        assertThat(halt.reasons.get(0)).contains("installed snapshot").contains("is damaged");
        assertThat(ledger.nextSequence()).isEqualTo(2);
    }

    @Test
    void shouldHaltAndNotLetRatisGoOnWhenWhatWasReceivedCannotBeForced_I11() throws IOException {
        // given: nobody can force a file that is not there
        final Path received = folder.resolve("tmp").resolve("snapshot-1f6b");
        Files.createDirectories(received);
        Files.createSymbolicLink(received.resolve("snapshot.1_7"), received.resolve("nothing"));

        // when, then
        assertThatIllegalStateException().isThrownBy(machine::pause);
        assertThat(halt.reasons.get(0)).contains("could not be forced to the disk");
    }

    @Test
    void shouldTakeASnapshotInWhenTheOneBeforeWasNotMovedIn() throws IOException {
        // given: Ratis paused it, and then could not rename what it had received
        apply(0, epochOpened());
        assertThat(awaitSnapshot()).isZero();
        machine.pause();

        // when
        machine.pause();
        machine.reinitialize();

        // then
        apply(1, accountOpened());
        assertThat(awaitSnapshot()).isEqualTo(1);
        assertThat(halt.reasons).isEmpty();
    }

    @Test
    void shouldRefuseToStartWhenTheOwnSnapshotIsDamaged_I11() throws IOException {
        // given
        install(TermIndex.valueOf(TERM, 7), new byte[] {1, 2, 3});

        // when, then
        final LedgerStateMachine restarted = newMachine();
        assertThatThrownBy(
                        () -> restarted.initialize(someServer(), RaftGroupId.randomId(), storage))
                .hasMessageContaining("is damaged");
        expectNothingApplied();
    }

    @Test
    void shouldHaltWhenTheMissingJournalRecordsCannotBeHad_I11() throws IOException {
        // given: a snapshot of three events, and a journal that has lost two of them
        apply(0, epochOpened());
        apply(1, accountOpened());
        apply(2, batch(2, TestSequencer.message(0)));
        assertThat(awaitSnapshot()).isEqualTo(2);
        journal.keep(1);

        // when
        machine.pause();
        machine.reinitialize();

        // then
        assertThat(halt.reasons.get(0))
                .contains("journal records from Raft index 0 to 2")
                .contains("put the journal's folder back from a backup");
    }

    @Test
    void shouldPostponeTheSnapshotWhileReplayingUnderALongerJournal_I7() throws IOException {
        // given: the journal of an earlier run
        apply(0, epochOpened());
        apply(1, accountOpened());
        final LedgerStateMachine first = machine;
        ending.close();
        first.close();
        final Ledger replayed = new Ledger();
        final SnapshotStore store = new SnapshotStore(replayed, journal);
        store.storage().init(storage);

        // when
        replayed.apply(TERM, MemoryJournal.decoder(epochOpened()));

        // then
        assertThat(store.take(TermIndex.valueOf(TERM, 0))).isFalse();
        replayed.apply(TERM, MemoryJournal.decoder(accountOpened()));
        assertThat(store.take(TermIndex.valueOf(TERM, 1))).isTrue();
        assertThat(store.storage().getLatestSnapshot().getIndex()).isEqualTo(1);
    }

    @Test
    void shouldHaltWhenTheRaftLogFails_I11() {
        // when
        machine.notifyLogFailed(new IOException("no space left on device"), null);

        // then
        assertThat(halt.reasons.get(0)).contains("the Raft log failed");
    }

    @Test
    void shouldHaltWhenRatisClosesByItself_I11() {
        // when
        machine.close();

        // then
        assertThat(halt.reasons.get(0)).contains("closed by itself");
    }

    @Test
    void shouldNotHaltWhenClosedOnPurpose() {
        // given
        ending.close();

        // when
        machine.close();

        // then
        assertThat(halt.reasons).isEmpty();
    }

    private long awaitSnapshot() {
        final long[] told = {RaftLog.INVALID_LOG_INDEX};
        Await.until("the snapshot", () -> (told[0] = machine.takeSnapshot()) >= 0);
        return told[0];
    }

    private void expectNotApplied(final long index, final byte[] batch) {
        assertThat(apply(index, batch)).isCompletedExceptionally();
    }

    private CompletableFuture<Message> apply(final long index, final byte[] batch) {
        final LogEntryProto entry =
                LogEntryProto.newBuilder()
                        .setTerm(TERM)
                        .setIndex(index)
                        .setStateMachineLogEntry(
                                StateMachineLogEntryProto.newBuilder()
                                        .setLogData(ByteString.copyFrom(batch)))
                        .build();
        return machine.applyTransaction(
                TransactionContext.newBuilder()
                        .setServerRole(RaftPeerRole.FOLLOWER)
                        .setStateMachine(machine)
                        .setLogEntry(entry)
                        .build());
    }

    private void install(final TermIndex at, final byte[] bytes) throws IOException {
        final Path file =
                folder.resolve("sm").resolve("snapshot." + at.getTerm() + "_" + at.getIndex());
        Files.write(file, bytes);
        Files.writeString(
                MD5FileUtil.getDigestFileForFile(file.toFile()).toPath(),
                MD5FileUtil.computeMd5ForFile(file.toFile()) + " *" + file.getFileName() + "\n",
                StandardCharsets.UTF_8);
    }

    private void expectNothingApplied() {
        assertThat(ledger.nextSequence()).isZero();
        assertThat(journal.size()).isZero();
        assertThat(listener.applied).isEmpty();
    }

    private static byte[] epochOpened() {
        return batch(0, new Event.EpochOpened(TERM, TestPeers.id(TestPeers.A)));
    }

    private static byte[] accountOpened() {
        return batch(1, TestSequencer.accountOpened());
    }

    private static byte[] batch(final long sequence, final Event event) {
        return BatchEncoder.encode(
                new EventBatch(TERM, sequence, 1_000 + sequence, List.of(event)));
    }
}
