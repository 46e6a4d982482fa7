package io.nelumbo.statemachine.raft;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftPeerId;
import org.jspecify.annotations.Nullable;

/**
 * Calls to whoever leads. Any thread.
 *
 * <p>Who leads is asked of this node's own replica before each attempt, because it hears of a new
 * leader first. Ratis's client would find out by trying every member, and would close the
 * connection that all calls share at the first that fails: with hundreds in flight, each failure
 * then cuts off the calls that had just found the new leader.
 */
final class LeaderCalls {
    private static final int MAX_IN_FLIGHT = 4096;
    private static final long BETWEEN_ATTEMPTS_MS = 50;

    private final Supplier<@Nullable RaftPeerId> knownLeader;
    private final Supplier<Boolean> leadsHere;
    private final Function<byte[], CompletableFuture<Message>> here;
    private final PeerLink link;
    private final Duration bound;
    private final Semaphore calls = new Semaphore(MAX_IN_FLIGHT);

    LeaderCalls(
            final Supplier<@Nullable RaftPeerId> knownLeader,
            final Supplier<Boolean> leadsHere,
            final Function<byte[], CompletableFuture<Message>> here,
            final PeerLink link,
            final Duration bound) {
        this.knownLeader = knownLeader;
        this.leadsHere = leadsHere;
        this.here = here;
        this.link = link;
        this.bound = bound;
    }

    /**
     * Asks the leader, and looks for it until the bound. It may be asked more than once. Fails with
     * {@link LeaderUnavailable} or {@link LeaderCallFailed}.
     */
    CompletableFuture<byte[]> call(final byte[] request) {
        if (!calls.tryAcquire()) {
            return CompletableFuture.failedFuture(
                    new LeaderUnavailable(
                            MAX_IN_FLIGHT + " calls to the leader are already in flight",
                            new IOException("call not sent")));
        }
        return attempt(request, System.nanoTime() + bound.toNanos())
                .whenComplete((answer, failure) -> calls.release());
    }

    private CompletableFuture<byte[]> attempt(final byte[] request, final long deadlineNs) {
        final CompletableFuture<Message> sent;
        final RaftPeerId leader = knownLeader.get();
        if (leadsHere.get()) {
            sent = here.apply(request);
        } else if (leader != null) {
            sent = link.send(leader, request);
        } else {
            sent = CompletableFuture.failedFuture(new IOException("no leader is known"));
        }
        return sent.thenApply(PeerAnswer::read)
                .exceptionallyCompose(failure -> next(request, deadlineNs, failure));
    }

    private CompletableFuture<byte[]> next(
            final byte[] request, final long deadlineNs, final Throwable failure) {
        final Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        if (cause instanceof LeaderCallFailed) {
            return CompletableFuture.failedFuture(cause);
        }
        final long pauseNs = TimeUnit.MILLISECONDS.toNanos(BETWEEN_ATTEMPTS_MS);
        if (deadlineNs - System.nanoTime() <= pauseNs) {
            return CompletableFuture.failedFuture(
                    new LeaderUnavailable(
                            "no leader answered within " + bound.toMillis() + " ms; retry", cause));
        }
        return CompletableFuture.runAsync(
                        () -> {}, CompletableFuture.delayedExecutor(pauseNs, TimeUnit.NANOSECONDS))
                .thenCompose(paused -> attempt(request, deadlineNs));
    }
}
