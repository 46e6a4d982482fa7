package io.nelumbo.statemachine.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.codec.BatchEncoder;
import io.nelumbo.journal.event.Event;
import io.nelumbo.journal.event.EventBatch;
import io.nelumbo.statemachine.ledger.Ledger;
import io.nelumbo.statemachine.raft.peerport.Followers;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.proto.RaftProtos.StateMachineLogEntryProto;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A large snapshot as Ratis has it taken: asked again after each entry until it is told one. */
@Timeout(60)
final class LargeSnapshotTest {

    private static final long TERM = 1;
    private static final long EVERY_BYTES = 1000;

    @TempDir Path folder;

    private final MemoryJournal journal = new MemoryJournal();
    private final RecordingListener listener = new RecordingListener();
    private final RecordingHalt halt = new RecordingHalt();
    private final Ending ending = new Ending();
    private Leadership leadership;
    private PeerLink link;
    private RaftStorage storage;
    private Ledger ledger;
    private LedgerStateMachine machine;
    private long index;

    @BeforeEach
    void initialize() throws IOException {
        storage = TestStorage.formatted(folder);
        final RaftSettings settings =
                RaftSettings.standard(
                        TestPeers.A,
                        RaftCluster.foundedBy(List.of(TestPeers.member(TestPeers.A, 1))),
                        folder);
        final HaltLatch latch = new HaltLatch(halt, ending);
        leadership = new Leadership(TestPeers.id(TestPeers.A), listener, latch);
        link = new PeerLink(settings, RaftStart.groupOf(settings), new Parameters());
        begin(settings, latch);
        apply(new Event.EpochOpened(TERM, TestPeers.id(TestPeers.A)));
        apply(TestSequencer.accountOpened());
    }

    @AfterEach
    void close() throws IOException {
        ending.close();
        machine.close();
        leadership.close();
        link.close();
        storage.close();
    }

    @Test
    void shouldTellTheIndexOfItsMomentAndRestoreThatMoment_I7() throws IOException {
        // given
        apply(TestSequencer.message(0));
        final byte[] moment = ledger.digest();

        // when: the journal cannot be forced yet, and more is applied meanwhile
        synchronized (journal) {
            assertThat(machine.takeSnapshot()).isEqualTo(RaftLog.INVALID_LOG_INDEX);
            apply(TestSequencer.message(1));
            assertThat(machine.takeSnapshot()).isEqualTo(RaftLog.INVALID_LOG_INDEX);
            assertThat(machine.getLatestSnapshot()).isNull();
        }
        final long[] told = {RaftLog.INVALID_LOG_INDEX};
        Await.until("the snapshot", () -> (told[0] = machine.takeSnapshot()) >= 0);

        // then
        assertThat(told[0]).isEqualTo(2);
        assertThat(machine.getLatestSnapshot().getIndex()).isEqualTo(2);
        final Ledger restored = new Ledger();
        final SnapshotStore again = new SnapshotStore(restored, journal);
        again.storage().init(storage);
        assertThat(again.restore()).isPresent();
        assertThat(restored.digest()).isEqualTo(moment);
        assertThat(halt.reasons).isEmpty();
    }

    @Test
    void shouldPauseForAnInstalledSnapshotWhileItsOwnIsUnderWay() {
        // given
        final Thread pausing = new Thread(machine::pause, "pausing");

        // when
        synchronized (journal) {
            assertThat(machine.takeSnapshot()).isEqualTo(RaftLog.INVALID_LOG_INDEX);
            pausing.start();
            Await.until("the wait", () -> pausing.getState() == Thread.State.WAITING);
        }
        Await.until("the pause", () -> !pausing.isAlive());

        // then
        assertThat(machine.getLatestSnapshot()).isNull();
        assertThat(machine.takeSnapshot()).isEqualTo(RaftLog.INVALID_LOG_INDEX);
        assertThat(halt.reasons).isEmpty();
    }

    private void begin(final RaftSettings settings, final HaltLatch latch) throws IOException {
        ledger = new Ledger();
        machine =
                new LedgerStateMachine(
                        new Replica(
                                new BatchApplier(ledger, journal, listener),
                                new SnapshotStore(ledger, journal),
                                SnapshotInterval.every(EVERY_BYTES),
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
        machine.initialize(someServer(), RaftGroupId.randomId(), storage);
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

    private void apply(final Event event) {
        final byte[] batch =
                BatchEncoder.encode(new EventBatch(TERM, index, 1_000 + index, List.of(event)));
        final LogEntryProto entry =
                LogEntryProto.newBuilder()
                        .setTerm(TERM)
                        .setIndex(index)
                        .setStateMachineLogEntry(
                                StateMachineLogEntryProto.newBuilder()
                                        .setLogData(ByteString.copyFrom(batch)))
                        .build();
        index++;
        assertThat(
                        machine.applyTransaction(
                                TransactionContext.newBuilder()
                                        .setServerRole(RaftPeerRole.FOLLOWER)
                                        .setStateMachine(machine)
                                        .setLogEntry(entry)
                                        .build()))
                .isCompleted();
    }
}
