package io.nelumbo.bench.cluster;

import io.nelumbo.journal.chronicle.ChronicleJournal;
import io.nelumbo.journal.chronicle.ChronicleJournalOptions;
import io.nelumbo.journal.codec.BatchDecoder;
import io.nelumbo.publisher.pipeline.LeaderClock;
import io.nelumbo.publisher.pipeline.Pipeline;
import io.nelumbo.publisher.pipeline.PipelineOptions;
import io.nelumbo.publisher.pipeline.PipelinePorts;
import io.nelumbo.statemachine.ledger.ApplyOutcome;
import io.nelumbo.statemachine.ledger.Ledger;
import io.nelumbo.statemachine.ledger.LedgerView;
import io.nelumbo.statemachine.raft.Halt;
import io.nelumbo.statemachine.raft.JournalForcer;
import io.nelumbo.statemachine.raft.ProcessHalt;
import io.nelumbo.statemachine.raft.RaftNode;
import io.nelumbo.statemachine.raft.RaftSettings;
import io.nelumbo.statemachine.raft.ReplicaListener;
import io.nelumbo.statemachine.raft.Replicator;
import io.nelumbo.statemachine.raft.SubmitOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.agrona.DirectBuffer;

/**
 * A node of ours as far as committing goes: Raft over mutual TLS, ledger, journal with its forces,
 * and the pipeline, with the node's own defaults. No lanes, no upstream, no JSON. Owned by the
 * thread that opens and closes it.
 */
final class Member implements ReplicaListener, AutoCloseable {

    private static final Duration FORCE_INTERVAL = Duration.ofSeconds(1);

    private final CompletableFuture<RaftNode> replica = new CompletableFuture<>();
    private final Ledger ledger = new Ledger();
    private final ExecutorService receipts =
            Executors.newFixedThreadPool(2, Member::receiptsThread);
    private final ChronicleJournal journal;
    private final JournalForcer forcer;
    private final Pipeline pipeline;
    private final InstantChain chain;

    private Member(final RaftSettings settings, final Path folder, final PipelineOptions options) {
        final Halt halt = new ProcessHalt();
        journal =
                ChronicleJournal.open(
                        folder.resolve("journal"), ChronicleJournalOptions.defaults());
        forcer = JournalForcer.start(journal, FORCE_INTERVAL, halt);
        chain = new InstantChain(ledger, this::pipeline);
        pipeline =
                new Pipeline(
                        options,
                        new PipelinePorts(
                                late(),
                                ledger,
                                LeaderClock.system(),
                                settings.peerId(),
                                this::stepDown,
                                journal::hasHeadroom,
                                chain,
                                journal::batchOf,
                                receipts,
                                halt::halt));
    }

    /** Starts a member on a folder of its own. */
    static Member open(
            final RaftSettings settings, final Path folder, final PipelineOptions options)
            throws IOException {
        final Member member = new Member(settings, folder, options);
        member.replica.complete(
                RaftNode.start(settings, member.ledger, member.journal, member, new ProcessHalt()));
        return member;
    }

    Pipeline pipeline() {
        return pipeline;
    }

    LedgerView ledger() {
        return ledger;
    }

    RaftNode replica() {
        return replica.join();
    }

    @Override
    public void onLeading(final long term) {
        pipeline.onLeading(term);
    }

    @Override
    public void onLeadershipLost() {
        pipeline.onLeadershipLost();
    }

    @Override
    public void onLeaderChanged(final String leaderPeerId) {
        // Whoever sends asks the replica.
    }

    @Override
    public void onApplied(
            final long raftTerm,
            final long raftIndex,
            final BatchDecoder batch,
            final ApplyOutcome outcome) {
        pipeline.onApplied(raftTerm, raftIndex, batch, outcome);
    }

    @Override
    public void onMalformed(final long raftTerm, final long raftIndex, final String reason) {
        pipeline.onMalformed(raftTerm, raftIndex, reason);
    }

    @Override
    public CompletableFuture<byte[]> onLeaderCall(final byte[] request) {
        return CompletableFuture.failedFuture(
                new IllegalStateException("expected clients to ask the leader"));
    }

    @Override
    public void close() throws IOException {
        chain.close();
        replica.join().close();
        pipeline.close();
        forcer.close();
        journal.close();
        receipts.shutdown();
    }

    private Replicator late() {
        return new Replicator() {
            @Override
            public CompletionStage<SubmitOutcome> submit(
                    final long term, final DirectBuffer batch, final int offset, final int length) {
                return replica.join().replicator().submit(term, batch, offset, length);
            }
        };
    }

    private void stepDown() {
        final CompletionStage<Void> unused = replica.thenCompose(RaftNode::stepDown);
    }

    private static Thread receiptsThread(final Runnable task) {
        final Thread thread = new Thread(task, "receipts");
        thread.setDaemon(true);
        return thread;
    }
}
