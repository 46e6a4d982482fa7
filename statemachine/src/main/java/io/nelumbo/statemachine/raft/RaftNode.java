package io.nelumbo.statemachine.raft;

import io.nelumbo.journal.Journal;
import io.nelumbo.statemachine.ledger.Ledger;
import io.nelumbo.statemachine.ledger.LedgerView;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.ratis.proto.RaftProtos.CommitInfoProto;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.rpc.CallId;
import org.apache.ratis.server.DivisionInfo;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running replica: this node's Raft server with its ledger and journal behind it, and its links
 * to the other members. Any thread may use it.
 *
 * <p>The peer port speaks mutual TLS: nobody but a member of the cluster gets a word in (see {@link
 * io.nelumbo.statemachine.raft.peerport.PeerTls}).
 */
public final class RaftNode implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RaftNode.class);
    private static final long STEP_DOWN_BOUND_MS = 3_000;
    private static final long HAND_OVER_BOUND_MS = 2_000;

    private final LedgerView ledgerView;
    private final RunningParts parts;

    private RaftNode(final LedgerView ledgerView, final RunningParts parts) {
        this.ledgerView = ledgerView;
        this.parts = parts;
    }

    /**
     * Starts a replica: checks that the folder is this node's, restores the ledger from the latest
     * snapshot, completes the journal up to it, and joins the cluster. The rest of the log is
     * applied afterwards, as soon as it is known to be committed. A new member's folder is
     * formatted.
     *
     * @param ledger empty; from now on this node's applying thread owns it
     * @param journal this node's journal, open; the caller closes it after the node
     * @param listener is told what happens here
     * @param halt ends the process when the Raft log, the journal or an invariant breaks (I11)
     * @throws FolderRefused if this node must not run on the folder
     * @throws IOException if storage or the peer port cannot be opened
     */
    public static RaftNode start(
            final RaftSettings settings,
            final Ledger ledger,
            final Journal journal,
            final ReplicaListener listener,
            final Halt halt)
            throws IOException {
        return new RaftNode(
                ledger, new RaftStart(settings, ledger, journal, listener, halt).start());
    }

    /** Where batches are submitted, from one thread. */
    public Replicator replicator() {
        return parts.replicator();
    }

    /** What this node has applied. */
    public LedgerView ledgerView() {
        return ledgerView;
    }

    /** Peer id of the leader that this node knows, or empty while it knows none. */
    public Optional<String> leader() {
        return Optional.ofNullable(info().getLeaderId()).map(RaftPeerId::toString);
    }

    /** This node's current Raft term. */
    public long term() {
        return info().getCurrentTerm();
    }

    /** Whether this node leads and has applied everything that was committed before. */
    public boolean isLeading() {
        return info().isLeaderReady();
    }

    /** How this node stands. */
    public RaftStatus status() {
        final DivisionInfo info = info();
        return new RaftStatus(
                info.getCurrentRole().name(),
                info.getCurrentTerm(),
                leader().orElse(""),
                info.isLeaderReady(),
                info.getLastAppliedIndex(),
                parts.division().getRaftLog().getLastCommittedIndex(),
                parts.journalComplete().getAsBoolean(),
                parts.refused().count(),
                parts.division().getCommitInfos().stream().map(RaftNode::member).toList());
    }

    private static RaftStatus.Member member(final CommitInfoProto member) {
        return new RaftStatus.Member(
                member.getServer().getId().toStringUtf8(),
                member.getServer().getAddress(),
                member.getCommitIndex());
    }

    /**
     * Asks the leader, which may be this node, and looks for it within the bound of the settings.
     * The leader may see the call more than once: its meaning must bear that.
     *
     * @return the leader's answer; fails with {@link LeaderUnavailable} (retry) or with {@link
     *     LeaderCallFailed} (the leader says why)
     */
    public CompletableFuture<byte[]> callLeader(final byte[] request) {
        return parts.leaderCalls().call(request);
    }

    /**
     * Gives up leadership, if this node leads; it may be elected again, in a later term. Completes
     * when that is done, exceptionally if this node did not lead or could not.
     */
    public CompletionStage<Void> stepDown() {
        return transferTo(null, STEP_DOWN_BOUND_MS);
    }

    private CompletableFuture<Void> transferTo(
            final @Nullable RaftPeerId successor, final long boundMs) {
        try {
            return parts.server()
                    .transferLeadershipAsync(
                            new TransferLeadershipRequest(
                                    ClientId.randomId(),
                                    parts.division().getId(),
                                    parts.division().getMemberId().getGroupId(),
                                    CallId.getAndIncrement(),
                                    successor,
                                    boundMs))
                    .thenAccept(RaftNode::expectSuccess);
        } catch (final IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static void expectSuccess(final RaftClientReply reply) {
        if (!reply.isSuccess()) {
            throw new IllegalStateException("leadership was not given up", reply.getException());
        }
    }

    private DivisionInfo info() {
        return parts.division().getInfo();
    }

    /**
     * Hands leadership over if this node has it, applies what is committed, takes a snapshot and
     * closes. Ledger and journal stay as they are.
     */
    @Override
    public void close() throws IOException {
        try {
            parts.ending().close();
            handOver();
            closeParts();
        } catch (final InterruptedException e) {
            throw interrupted();
        }
    }

    /** As a process ends that dies: whoever leads does not hand over. For tests. */
    void abandon() throws IOException {
        try {
            parts.ending().close();
            closeParts();
        } catch (final InterruptedException e) {
            throw interrupted();
        }
    }

    /** Stands for election at once. For tests, which would have to wait for a timeout. */
    void standForElection() {
        parts.succession().standNow();
    }

    private void closeParts() throws IOException, InterruptedException {
        parts.watch().close();
        parts.purging().close();
        parts.succession().close();
        try {
            parts.server().close();
        } finally {
            parts.door().close();
            parts.leadership().close();
            parts.link().close();
            parts.lock().close();
        }
    }

    private static IOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted while closing the replica");
    }

    /** An election timeout saved for the clients; if it does not work, the others elect anyway. */
    private void handOver() throws InterruptedException {
        if (!isLeading()) {
            return;
        }
        final Optional<RaftStatus.Member> successor =
                status().members().stream()
                        .filter(member -> !member.peerId().equals(self()))
                        .max(Comparator.comparingLong(RaftStatus.Member::commitIndex));
        if (successor.isEmpty()) {
            return;
        }
        try {
            transferTo(RaftPeerId.valueOf(successor.get().peerId()), HAND_OVER_BOUND_MS)
                    .get(2 * HAND_OVER_BOUND_MS, TimeUnit.MILLISECONDS);
        } catch (final ExecutionException | TimeoutException e) {
            LOG.info(
                    "leadership was not handed over before closing: {}",
                    Causes.rootOf(e).toString());
        }
    }

    private String self() {
        return parts.division().getId().toString();
    }
}
