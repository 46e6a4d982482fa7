package io.nelumbo.statemachine.raft;

import io.nelumbo.statemachine.raft.peerport.Followers;
import io.nelumbo.statemachine.snapshot.Snapshot;
import java.io.IOException;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.SnapshotManagementRequest;
import org.apache.ratis.protocol.exceptions.StateMachineException;
import org.apache.ratis.rpc.CallId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ratis's view of a replica: turns Ratis's callbacks into batches applied, snapshots, changes of
 * leadership and answers to peers, and any failure into a halt. Ratis itself would log it, close
 * the division and leave the process alive (ENGINE-NOTES).
 *
 * <p>Owned by Ratis: applying, snapshots and reloads come on its one applying thread; pausing,
 * leadership and queries on others.
 */
final class LedgerStateMachine extends BaseStateMachine {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerStateMachine.class);
    private static final CompletableFuture<Message> APPLIED =
            CompletableFuture.completedFuture(Message.EMPTY);
    private static final CompletableFuture<Message> NOT_APPLIED =
            CompletableFuture.failedFuture(new IllegalStateException("this node has halted"));

    /** Not long: Ratis's timer of a request ends whichever request is open by then. */
    private static final long SNAPSHOT_ASKED_MS = 10_000;

    private static final long ANY_NEWER_SNAPSHOT = 1;

    private final BatchApplier applier;
    private final SnapshotStore snapshots;
    private final SnapshotTaking taking;
    private final JournalRepair repair;
    private final AppendGate gate;
    private final Leadership leadership;
    private final PeerDesk desk;
    private final Followers followers;
    private final HaltLatch halt;
    private final Ending ending;

    /** Guards {@code sm/}: an installed snapshot replaces that folder while we may be writing. */
    private final Object snapshotFolder = new Object();

    private long lastConfigurationTerm;

    /** The journal has a hole and the replica ends: nothing is applied on top of it. */
    private volatile boolean abandoned;

    LedgerStateMachine(final Replica replica) {
        this.applier = replica.applier();
        this.snapshots = replica.snapshots();
        this.repair = replica.repair();
        this.gate = replica.gate();
        this.leadership = replica.leadership();
        this.desk = replica.desk();
        this.followers = replica.followers();
        this.halt = replica.halt();
        this.ending = replica.ending();
        this.taking =
                new SnapshotTaking(
                        snapshots,
                        replica.snapshotInterval(),
                        replica.purged(),
                        halt,
                        ending,
                        this::askForSnapshot);
    }

    @Override
    public StateMachineStorage getStateMachineStorage() {
        return snapshots.storage();
    }

    @Override
    public void initialize(
            final RaftServer server, final RaftGroupId groupId, final RaftStorage storage)
            throws IOException {
        super.initialize(server, groupId, storage);
        snapshots.storage().init(storage);
        // Not a halt: whoever starts this node gets the exception.
        getLifeCycle().startAndTransition(this::restore, IOException.class);
    }

    /**
     * Called under Ratis's lock when a snapshot has been received whole and is about to take the
     * place of ours. If the one before was not moved in, this is paused. While one is being loaded
     * there is no way to here from its state: Ratis gets an exception, and the leader sends anew.
     */
    @Override
    public void pause() {
        synchronized (snapshotFolder) {
            if (getLifeCycleState() != LifeCycle.State.PAUSED) {
                getLifeCycle().transition(LifeCycle.State.PAUSING);
                getLifeCycle().transition(LifeCycle.State.PAUSED);
                taking.abandon();
            }
        }
        final boolean forced =
                orHalt(
                        "the received snapshot could not be forced to the disk",
                        () -> {
                            snapshots.forceReceived();
                            return true;
                        },
                        false);
        if (!forced) {
            // Or Ratis would go on, and delete what it replaces.
            throw new IllegalStateException(
                    "expected to force the received snapshot but this node is ending");
        }
    }

    @Override
    public void reinitialize() {
        orHalt(
                "the installed snapshot could not be restored",
                () -> {
                    getLifeCycle().startAndTransition(this::restore, IOException.class);
                    return true;
                },
                false);
    }

    /** The ledger from the latest snapshot, and the journal complete up to it. */
    private void restore() throws IOException {
        final Optional<Snapshot> restored = snapshots.restore();
        taking.restored();
        if (restored.isPresent()) {
            final Snapshot snapshot = restored.get();
            applier.ledgerRestored();
            repair.completeTo(snapshot.journal());
            setLastAppliedTermIndex(TermIndex.valueOf(snapshot.raftTerm(), snapshot.raftIndex()));
        }
    }

    @Override
    public TransactionContext startTransaction(final RaftClientRequest request) {
        final TransactionContext transaction =
                TransactionContext.newBuilder()
                        .setStateMachine(this)
                        .setClientRequest(request)
                        .build();
        if (!gate.isOurs(request)) {
            transaction.setException(
                    new StateMachineException(
                            "expected a write of the leader's own pipeline but was " + request,
                            false));
        }
        return transaction;
    }

    @Override
    public TransactionContext preAppendTransaction(final TransactionContext transaction)
            throws IOException {
        gate.pass(transaction.getClientRequest(), currentTerm());
        return transaction;
    }

    @Override
    public CompletableFuture<Message> applyTransaction(final TransactionContext transaction) {
        final LogEntryProto entry = Objects.requireNonNull(transaction.getLogEntry());
        return orHalt(
                "the entry at Raft index " + entry.getIndex() + " could not be applied",
                () -> {
                    final ByteString batch = entry.getStateMachineLogEntry().getLogData();
                    checkNext(entry.getIndex());
                    applier.apply(entry.getTerm(), entry.getIndex(), batch);
                    updateLastAppliedTermIndex(entry.getTerm(), entry.getIndex());
                    followers.applied(entry.getIndex());
                    if (taking.isDueAfter(batch.size())) {
                        beginSnapshot();
                    }
                    return APPLIED;
                },
                NOT_APPLIED);
    }

    @Override
    public void notifyTermIndexUpdated(final long term, final long index) {
        orHalt(
                "the entry at Raft index " + index + " could not be passed",
                () -> {
                    checkNext(index);
                    return updateLastAppliedTermIndex(term, index);
                },
                false);
    }

    /**
     * Ratis applies from the latest snapshot that it finds; were that lost, it would not notice.
     */
    private void checkNext(final long index) {
        final long expected = getLastAppliedTermIndex().getIndex() + 1;
        if (index != expected) {
            throw new IllegalStateException(
                    "expected the entry at Raft index "
                            + expected
                            + " but was "
                            + index
                            + ": a snapshot or a part of the log is missing");
        }
    }

    private void beginSnapshot() {
        synchronized (snapshotFolder) {
            if (getLifeCycleState() == LifeCycle.State.RUNNING) {
                taking.begin(getLastAppliedTermIndex());
            }
        }
    }

    /**
     * Has Ratis call {@link #takeSnapshot} on its applying thread, whether entries come or not. If
     * it does not, as while it closes, it will for another reason. Waits for Ratis's lock: for
     * threads that hold nothing.
     */
    private CompletableFuture<?> askForSnapshot() {
        try {
            final RaftServer server = getServer().join();
            return server.snapshotManagementAsync(
                            SnapshotManagementRequest.newCreate(
                                    ClientId.randomId(),
                                    server.getId(),
                                    getGroupId(),
                                    CallId.getAndIncrement(),
                                    SNAPSHOT_ASKED_MS,
                                    ANY_NEWER_SNAPSHOT))
                    .thenAccept(LedgerStateMachine::requireSuccess);
        } catch (final RuntimeException e) {
            // It closes, and its threads take nothing any more.
            return CompletableFuture.failedFuture(e);
        }
    }

    private static void requireSuccess(final RaftClientReply reply) {
        if (!reply.isSuccess()) {
            throw new CompletionException(reply.getException());
        }
    }

    @Override
    public long takeSnapshot() {
        synchronized (snapshotFolder) {
            if (getLifeCycleState() != LifeCycle.State.RUNNING) {
                return RaftLog.INVALID_LOG_INDEX;
            }
            final TermIndex applied = getLastAppliedTermIndex();
            return orHalt(
                    "no snapshot could be taken at " + applied,
                    () -> taking.take(applied),
                    RaftLog.INVALID_LOG_INDEX);
        }
    }

    @Override
    public void notifyConfigurationChanged(
            final long term, final long index, final RaftConfigurationProto configuration) {
        lastConfigurationTerm = term;
    }

    /**
     * Called while the leader's own configuration entry is applied, after {@link
     * #notifyConfigurationChanged} for it and on the same thread: everything before is applied.
     */
    @Override
    public void notifyLeaderReady() {
        leadership.won(lastConfigurationTerm);
    }

    /** Those entries may still commit: nothing is concluded from them. */
    @Override
    public void notifyNotLeader(final Collection<TransactionContext> pending) throws IOException {
        leadership.lost(currentTerm());
    }

    @Override
    public void notifyLeaderChanged(final RaftGroupMemberId self, final RaftPeerId leader) {
        leadership.leaderIs(leader.toString());
    }

    @Override
    public void notifyLogFailed(final Throwable cause, final @Nullable LogEntryProto entry) {
        halt.halt("the Raft log failed; look at the disk before starting this node again", cause);
    }

    @Override
    public void notifyServerShutdown(final RoleInfoProto role, final boolean allServers) {
        haltUnlessClosing();
    }

    @Override
    public CompletableFuture<Message> query(final Message request) {
        return desk.leaderCall(request.getContent().toByteArray());
    }

    /** Answered at once, whatever {@code minIndex} is: what is asked does not depend on it. */
    @Override
    public CompletableFuture<Message> queryStale(final Message request, final long minIndex) {
        return desk.question(request.getContent().toByteArray());
    }

    @Override
    public void close() {
        haltUnlessClosing();
        synchronized (snapshotFolder) {
            taking.abandon();
        }
    }

    private void haltUnlessClosing() {
        if (!ending.isClosing()) {
            halt.halt("the Raft server closed by itself; its log above says why", null);
        }
    }

    private long currentTerm() throws IOException {
        return getServer().join().getDivision(getGroupId()).getInfo().getCurrentTerm();
    }

    /**
     * Halts on any failure but one: that the replica ends anyway. Where the process survives that,
     * as in a test, nothing is done any more but Ratis is not thrown at either: an exception while
     * it closes keeps its thread spinning.
     */
    private <T> T orHalt(final String failure, final Callable<T> step, final T otherwise) {
        if (halt.isHalted() || abandoned) {
            return otherwise;
        }
        try {
            return step.call();
        } catch (final RepairAbandoned e) {
            LOG.info("{}", e.getMessage());
            abandoned = true;
            return otherwise;
        } catch (final Exception | Error e) {
            halt.halt(failure + ": " + e.getMessage(), e);
            return otherwise;
        }
    }
}
