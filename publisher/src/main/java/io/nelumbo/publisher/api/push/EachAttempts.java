package io.nelumbo.publisher.api.push;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The tries that a part of a line gets, each push for itself: what is answered is replied to at
 * once, the rest is tried again, always under the same request ids, until patience ends. One try at
 * a time; its answers come on any thread.
 */
final class EachAttempts {
    private final Function<List<Push>, TakenIn> leader;
    private final GatewayOptions options;
    private final Executor executor;
    private final long deadlineNs;

    /** Completes when nothing is left to be tried. */
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    /** Changed between tries only. */
    private int commitRetriesLeft;

    /**
     * @param leader takes pushes in, here or elsewhere; does not throw
     */
    EachAttempts(
            final Function<List<Push>, TakenIn> leader,
            final GatewayOptions options,
            final Executor executor) {
        this.leader = leader;
        this.options = options;
        this.executor = executor;
        this.commitRetriesLeft = options.commitRetries();
        this.deadlineNs = System.nanoTime() + options.waitForLeader().toNanos();
    }

    /**
     * Completes when the next part may be asked for. At the desk here that is when all of this one
     * are with the pipeline or refused, however long that takes: patience ends the waiting for an
     * answer, not the order. Elsewhere, or when this node turns out not to lead, it is when all are
     * replied to.
     */
    CompletableFuture<Void> run(final List<PushLine.Entry> entries) {
        final Try first =
                attempt(entries.stream().map(entry -> new Waiting(entry, null, false)).toList());
        final CompletableFuture<Void> handed = first.handed;
        return handed == null
                ? over
                : handed.thenCompose(
                        all ->
                                first.rest.isEmpty()
                                        ? CompletableFuture.completedFuture(null)
                                        : over);
    }

    private Try attempt(final List<Waiting> asked) {
        final TakenIn taken = leader.apply(asked.stream().map(Waiting::push).toList());
        final Try attempt = new Try(asked, taken.handed());
        final CompletableFuture<Void> unused =
                attempt.await(taken.answers())
                        .handleAsync(
                                (all, failure) -> {
                                    tryAgain(attempt.rest(failure));
                                    return null;
                                },
                                executor);
        return attempt;
    }

    private long leftNs() {
        return Math.max(1, deadlineNs - System.nanoTime());
    }

    private void tryAgain(final List<Waiting> rest) {
        if (rest.isEmpty()) {
            over.complete(null);
            return;
        }
        final long delayNs = options.commitRetryDelay().toNanos();
        final boolean hasTime = deadlineNs - System.nanoTime() > delayNs;
        final boolean mayCommitAgain =
                rest.stream().noneMatch(Waiting::isLost) || commitRetriesLeft-- > 0;
        final List<Waiting> again = new ArrayList<>(rest.size());
        for (final Waiting waiting : rest) {
            if (hasTime && (mayCommitAgain || !waiting.isLost())) {
                again.add(waiting);
            } else {
                giveUp(waiting);
            }
        }
        if (again.isEmpty()) {
            over.complete(null);
        } else {
            CompletableFuture.delayedExecutor(delayNs, TimeUnit.NANOSECONDS, executor)
                    .execute(
                            () -> {
                                final var unused = attempt(again);
                            });
        }
    }

    private void giveUp(final Waiting waiting) {
        final Push push = waiting.push();
        final String doubt = waiting.doubt();
        if (doubt == null) {
            waiting.entry()
                    .refuse(
                            RefusalKind.NO_LEADER,
                            AttemptWords.noLeader(push, options.waitForLeader()),
                            0);
        } else {
            waiting.entry()
                    .refuse(
                            RefusalKind.OUTCOME_UNKNOWN,
                            AttemptWords.outcomeUnknown(push, doubt),
                            0);
        }
    }

    private String unreached(final Throwable failure) {
        final Throwable cause = Failures.cause(failure);
        return cause instanceof TimeoutException
                ? AttemptWords.noAnswer(options.waitForLeader())
                : String.valueOf(cause.getMessage());
    }

    /**
     * A push without a reply.
     *
     * @param doubt why an attempt at it may have been published all the same; null if none may
     * @param isLost whether the last one left the doubt with the leader's own words
     */
    private record Waiting(PushLine.Entry entry, @Nullable String doubt, boolean isLost) {

        Push push() {
            return entry.push();
        }

        Waiting lost(final String why, final boolean byLeader) {
            return new Waiting(entry, why, byLeader);
        }
    }

    /** One try. Each push is settled once, by its answer or by the end of patience. */
    private final class Try {
        private final List<Waiting> asked;
        private final AtomicIntegerArray settled;
        private final ConcurrentLinkedQueue<Waiting> rest = new ConcurrentLinkedQueue<>();
        private final @Nullable CompletableFuture<Void> handed;

        Try(final List<Waiting> asked, final @Nullable CompletableFuture<Void> handed) {
            this.asked = asked;
            this.handed = handed;
            this.settled = new AtomicIntegerArray(asked.size());
        }

        /** Completes when all are answered, or fails when patience ends. */
        CompletableFuture<Void> await(final List<CompletableFuture<PushAnswer>> answers) {
            final List<CompletableFuture<Void>> all = new ArrayList<>(answers.size());
            for (int i = 0; i < Math.min(answers.size(), asked.size()); i++) {
                final int place = i;
                all.add(answers.get(i).thenAccept(answer -> settle(place, answer)));
            }
            return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                    .orTimeout(leftNs(), TimeUnit.NANOSECONDS);
        }

        /** What is to be tried again; nothing of this try counts any more. */
        List<Waiting> rest(final @Nullable Throwable failure) {
            final String why =
                    failure == null ? "the leader did not answer it" : unreached(failure);
            for (int i = 0; i < asked.size(); i++) {
                settle(i, new PushAnswer.Unreached(why));
            }
            return List.copyOf(rest);
        }

        private void settle(final int place, final PushAnswer answer) {
            if (!settled.compareAndSet(place, 0, 1)) {
                return;
            }
            final Waiting waiting = asked.get(place);
            if (answer instanceof PushAnswer.Accepted accepted) {
                waiting.entry().commit(accepted.receipt());
            } else if (answer instanceof PushAnswer.Refused refused) {
                refuse(waiting, refused);
            } else if (answer instanceof PushAnswer.Unknown unknown) {
                rest.add(waiting.lost(unknown.why(), true));
            } else if (answer instanceof PushAnswer.Unreached unreached) {
                // It may have reached a leader that is gone: the next one knows the request id.
                rest.add(waiting.lost(unreached.why(), false));
            } else {
                rest.add(new Waiting(waiting.entry(), waiting.doubt(), false));
            }
        }

        private void refuse(final Waiting waiting, final PushAnswer.Refused refused) {
            final String doubt = waiting.doubt();
            if (doubt == null) {
                waiting.entry().refuse(refused.kind(), refused.text(), refused.retryAfterMs());
            } else {
                waiting.entry()
                        .refuse(
                                RefusalKind.OUTCOME_UNKNOWN,
                                AttemptWords.refusedAfterDoubt(waiting.push(), doubt, refused),
                                0);
            }
        }
    }
}
