package io.nelumbo.publisher.api.push;

import io.nelumbo.publisher.pipeline.PublishRequest;
import io.nelumbo.publisher.trace.TraceParent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The leader's side of pushes that are answered each for itself: one that is refused does not hold
 * up those behind it. They are prepared one after the other, so that those of one account get their
 * nonces in their order. Any thread.
 */
final class EachDesk {
    private final CallsInFlight inFlight;
    private final PushSpans spans;
    private final OutcomeAnswers outcomeAnswers;
    private final Executor turns;

    /**
     * @param turns where a long part goes on after each {@link LineTurns#MAX_COST}
     */
    EachDesk(
            final CallsInFlight inFlight,
            final PushSpans spans,
            final OutcomeAnswers outcomeAnswers,
            final Executor turns) {
        this.inFlight = inFlight;
        this.spans = spans;
        this.outcomeAnswers = outcomeAnswers;
        this.turns = turns;
    }

    /** Takes pushes in. None of the futures completes exceptionally. */
    TakenIn push(final PushCall call) {
        final List<CompletableFuture<PushAnswer>> answers = new ArrayList<>(call.pushes().size());
        for (int i = 0; i < call.pushes().size(); i++) {
            answers.add(new CompletableFuture<>());
        }
        final CompletableFuture<Void> handed = new CompletableFuture<>();
        handIn(call, 0, answers, handed);
        return new TakenIn(answers, handed);
    }

    /** As many as a turn has, unless one has to be waited for; then the others have their turn. */
    private void handIn(
            final PushCall call,
            final int from,
            final List<CompletableFuture<PushAnswer>> answers,
            final CompletableFuture<Void> handed) {
        int next = from;
        int cost = 0;
        CompletableFuture<Void> over = CompletableFuture.completedFuture(null);
        while (next < answers.size() && cost < LineTurns.MAX_COST && over.isDone()) {
            cost += LineTurns.cost(call.pushes().get(next));
            over = handIn(call.from(next).upTo(1), answers.get(next));
            next++;
        }
        if (next == answers.size()) {
            final var unused = over.thenRun(() -> handed.complete(null));
            return;
        }
        final int rest = next;
        final var unused = over.thenRun(() -> goOn(() -> handIn(call, rest, answers, handed)));
    }

    private void goOn(final Runnable handIn) {
        try {
            turns.execute(handIn);
        } catch (final RejectedExecutionException ended) {
            // The node stops; who was taken in is answered all the same.
            handIn.run();
        }
    }

    /** Completes when it is with the pipeline, or not to be. */
    private CompletableFuture<Void> handIn(
            final PushCall one, final CompletableFuture<PushAnswer> answer) {
        final Handing handing = new Handing();
        final var unused =
                answer(one, handing)
                        .handle(
                                (only, failure) ->
                                        failure == null
                                                ? only.get(0)
                                                : LostPush.unexpected(failure))
                        .whenComplete((given, never) -> answer.complete(given));
        return handing.over;
    }

    private CompletableFuture<List<PushAnswer>> answer(final PushCall one, final Handing handing) {
        final CompletableFuture<List<PushAnswer>> answer =
                inFlight.join(one, asked -> decide(asked, handing));
        if (!handing.begun) {
            // Somebody asks for the same already, and only the answer tells how far that has come.
            final var unused = answer.whenComplete((all, failure) -> handing.over.complete(null));
        }
        return answer;
    }

    private CompletableFuture<List<PushAnswer>> decide(final PushCall one, final Handing handing) {
        handing.begun = true;
        final Push push = one.pushes().get(0);
        return CompletableFuture.completedFuture(push)
                .thenCompose(asked -> spans.prepare(one, asked))
                .thenCompose(
                        prepared -> {
                            final CompletableFuture<PushAnswer> answer =
                                    publish(prepared, one.trace());
                            handing.over.complete(null);
                            return answer;
                        })
                .exceptionally(failure -> LostPush.answer(push, failure))
                .thenApply(
                        answer -> {
                            handing.over.complete(null);
                            return List.of(answer);
                        });
    }

    private CompletableFuture<PushAnswer> publish(
            final Prepared prepared, final @Nullable TraceParent trace) {
        if (prepared instanceof Prepared.Ours ours) {
            return CompletableFuture.completedFuture(new PushAnswer.Accepted(ours.receipt()));
        }
        final PublishRequest request = ((Prepared.Ready) prepared).request();
        return spans.commit(request, trace)
                .thenApply(outcome -> outcomeAnswers.answer(request, outcome));
    }

    /** How far a push has come. Written by the thread that takes it in; {@code over} by any. */
    private static final class Handing {
        private final CompletableFuture<Void> over = new CompletableFuture<>();
        private boolean begun;
    }
}
