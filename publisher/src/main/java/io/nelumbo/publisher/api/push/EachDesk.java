package io.nelumbo.publisher.api.push;

import io.nelumbo.publisher.pipeline.PublishRequest;
import io.nelumbo.publisher.trace.TraceParent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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

    EachDesk(
            final CallsInFlight inFlight,
            final PushSpans spans,
            final OutcomeAnswers outcomeAnswers) {
        this.inFlight = inFlight;
        this.spans = spans;
        this.outcomeAnswers = outcomeAnswers;
    }

    /**
     * Takes pushes in. None of the futures completes exceptionally.
     *
     * @return an answer for each, once all of them are with the pipeline or refused: whoever asks
     *     next then comes behind them
     */
    CompletableFuture<List<CompletableFuture<PushAnswer>>> push(final PushCall call) {
        return push(call, new ArrayList<>(call.pushes().size()));
    }

    private CompletableFuture<List<CompletableFuture<PushAnswer>>> push(
            final PushCall call, final List<CompletableFuture<PushAnswer>> answers) {
        while (answers.size() < call.pushes().size()) {
            final Handing handing = new Handing();
            answers.add(
                    answer(call.from(answers.size()).upTo(1), handing)
                            .thenApply(only -> only.get(0)));
            if (!handing.over.isDone()) {
                return handing.over.thenCompose(over -> push(call, answers));
            }
        }
        return CompletableFuture.completedFuture(answers);
    }

    private CompletableFuture<List<PushAnswer>> answer(final PushCall one, final Handing handing) {
        final CompletableFuture<List<PushAnswer>> answer =
                inFlight.join(one, asked -> decide(asked, handing));
        if (!handing.begun) {
            // Somebody asks for the same already: there is nothing to hand over.
            handing.over.complete(null);
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
