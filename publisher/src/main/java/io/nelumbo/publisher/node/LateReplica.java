package io.nelumbo.publisher.node;

import io.nelumbo.publisher.api.push.Cluster;
import io.nelumbo.statemachine.raft.LeaderUnavailable;
import io.nelumbo.statemachine.raft.RaftNode;
import io.nelumbo.statemachine.raft.Replicator;
import io.nelumbo.statemachine.raft.SubmitOutcome;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The replica as the rest of the node sees it, before it runs too: the pipeline must be there to
 * listen when the replica starts, and needs it to submit to. Any thread; set once, by the starting
 * one.
 */
final class LateReplica implements Replicator, Cluster {
    private static final long STEP_DOWN_RETRY_MS = 200;

    private final CompletableFuture<RaftNode> arrival = new CompletableFuture<>();

    void arrive(final RaftNode started) {
        arrival.complete(started);
    }

    /** There will be no replica: its start failed. */
    void stayAway() {
        arrival.cancel(false);
    }

    /**
     * {@inheritDoc}
     *
     * <p>A replica may lead before its start has returned to us. Refusing then would end the epoch
     * with nobody to step down, so the submitting thread waits these moments out.
     */
    @Override
    public CompletionStage<SubmitOutcome> submit(
            final long term, final DirectBuffer batch, final int offset, final int length) {
        try {
            return arrival.join().replicator().submit(term, batch, offset, length);
        } catch (final CancellationException e) {
            return CompletableFuture.completedFuture(
                    new SubmitOutcome.Refused("the replica did not start"));
        }
    }

    @Override
    public boolean isLeading() {
        final RaftNode running = present();
        return running != null && running.isLeading();
    }

    @Override
    public Optional<String> leader() {
        final RaftNode running = present();
        return running == null ? Optional.empty() : running.leader();
    }

    @Override
    public CompletableFuture<byte[]> callLeader(final byte[] request) {
        final RaftNode running = present();
        return running == null
                ? CompletableFuture.failedFuture(
                        new LeaderUnavailable(
                                "the replica is starting; retry",
                                new IllegalStateException("not started")))
                : running.callLeader(request);
    }

    /** Gives up leadership, and does not let go while the node leads in the same term. */
    void stepDown() {
        // Not now, if it is still starting: the engine's thread must not wait.
        final CompletionStage<Void> unused =
                arrival.thenAccept(running -> stepDown(running, running.term()));
    }

    private @Nullable RaftNode present() {
        return arrival.isCancelled() ? null : arrival.getNow(null);
    }

    private static void stepDown(final RaftNode running, final long term) {
        if (!running.isLeading() || running.term() != term) {
            return;
        }
        final Executor later =
                CompletableFuture.delayedExecutor(STEP_DOWN_RETRY_MS, TimeUnit.MILLISECONDS);
        final CompletionStage<Void> unused =
                running.stepDown()
                        .whenCompleteAsync((done, failure) -> stepDown(running, term), later);
    }
}
