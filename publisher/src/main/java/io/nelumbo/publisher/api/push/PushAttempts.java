package io.nelumbo.publisher.api.push;

import io.nelumbo.publisher.pipeline.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The tries that one call gets: again and again to whoever leads, always under the same request
 * ids, until all is answered or patience ends. One try at a time; each step happens after the one
 * before it, on whichever thread of the executor.
 */
final class PushAttempts {
    private final Function<PushCall, CompletableFuture<List<PushAnswer>>> leader;
    private final GatewayOptions options;
    private final Executor executor;
    private final long deadlineNs;
    private final List<Receipt> receipts = new ArrayList<>();
    private PushCall rest;
    private int commitRetriesLeft;
    private @Nullable String unknown;

    PushAttempts(
            final PushCall call,
            final Function<PushCall, CompletableFuture<List<PushAnswer>>> leader,
            final GatewayOptions options,
            final Executor executor) {
        this.rest = call;
        this.leader = leader;
        this.options = options;
        this.executor = executor;
        this.commitRetriesLeft = options.commitRetries();
        this.deadlineNs = System.nanoTime() + options.waitForLeader().toNanos();
    }

    /** Completes when the call is decided or given up. */
    CompletableFuture<PushResult> run() {
        final long leftNs = Math.max(1, deadlineNs - System.nanoTime());
        // A copy: the deadline ends our waiting, not what the leader is doing.
        return CompletableFuture.completedFuture(rest)
                .thenCompose(leader)
                .copy()
                .orTimeout(leftNs, TimeUnit.NANOSECONDS)
                .exceptionally(failure -> List.of(unreached(Failures.cause(failure))))
                .thenComposeAsync(this::answered, executor);
    }

    private PushAnswer unreached(final Throwable failure) {
        return new PushAnswer.Unreached(
                failure instanceof TimeoutException
                        ? AttemptWords.noAnswer(options.waitForLeader())
                        : String.valueOf(failure.getMessage()));
    }

    private CompletableFuture<PushResult> answered(final List<PushAnswer> answers) {
        for (int i = 0; i < answers.size(); i++) {
            final PushAnswer answer = answers.get(i);
            if (answer instanceof PushAnswer.Accepted accepted) {
                receipts.add(accepted.receipt());
                rest = rest.from(1);
            } else if (answer instanceof PushAnswer.Refused refused) {
                return end(refusal(refused) + behind(answers.subList(i + 1, answers.size())));
            } else if (answer instanceof PushAnswer.Unknown lost) {
                unknown = lost.why();
                return tryAgain(commitRetriesLeft-- > 0);
            } else if (answer instanceof PushAnswer.Unreached lost) {
                // It may have reached a leader that is gone: the next one knows the request id.
                unknown = lost.why();
                return tryAgain(true);
            } else {
                return tryAgain(true);
            }
        }
        if (rest.pushes().isEmpty()) {
            return end(null);
        }
        unknown = "the leader answered " + answers.size() + " pushes only";
        return tryAgain(commitRetriesLeft-- > 0);
    }

    private String refusal(final PushAnswer.Refused refused) {
        return unknown == null
                ? refused.text()
                : AttemptWords.refusedAfterDoubt(first(), unknown, refused);
    }

    /** Those behind a refused one went their own way: whoever sends them anew must know it. */
    private String behind(final List<PushAnswer> later) {
        final long perhapsCommitted =
                later.stream()
                        .filter(
                                answer ->
                                        answer instanceof PushAnswer.Accepted
                                                || answer instanceof PushAnswer.Unknown)
                        .count();
        return perhapsCommitted == 0
                ? ""
                : "; of the messages behind it "
                        + perhapsCommitted
                        + " are committed or may be: "
                        + first().words().behindRefused();
    }

    private CompletableFuture<PushResult> tryAgain(final boolean mayRetry) {
        final long delayNs = options.commitRetryDelay().toNanos();
        if (!mayRetry || deadlineNs - System.nanoTime() <= delayNs) {
            return giveUp();
        }
        return CompletableFuture.completedFuture(rest)
                .thenComposeAsync(
                        again -> run(),
                        CompletableFuture.delayedExecutor(delayNs, TimeUnit.NANOSECONDS, executor));
    }

    private CompletableFuture<PushResult> giveUp() {
        return end(
                unknown == null
                        ? AttemptWords.noLeader(first(), options.waitForLeader())
                        : AttemptWords.outcomeUnknown(first(), unknown));
    }

    private Push first() {
        return rest.pushes().get(0);
    }

    private CompletableFuture<PushResult> end(final @Nullable String failure) {
        return CompletableFuture.completedFuture(new PushResult(receipts, failure));
    }
}
