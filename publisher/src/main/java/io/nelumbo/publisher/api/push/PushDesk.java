package io.nelumbo.publisher.api.push;

import io.nelumbo.publisher.pipeline.PublishRequest;
import io.nelumbo.publisher.trace.TraceParent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The leader's side: prepares the pushes of a call one after the other, then publishes them in
 * order without waiting in between, so that they share Raft entries. Any thread.
 */
final class PushDesk {
    private final CallsInFlight inFlight;
    private final PushSpans spans;
    private final OutcomeAnswers outcomeAnswers;

    PushDesk(
            final CallsInFlight inFlight,
            final PushSpans spans,
            final OutcomeAnswers outcomeAnswers) {
        this.inFlight = inFlight;
        this.spans = spans;
        this.outcomeAnswers = outcomeAnswers;
    }

    /**
     * Answers pushes in their order, up to the first that is not accepted at least; a call that is
     * in flight already, as the first attempt at it is answered. Never completes exceptionally.
     */
    CompletableFuture<List<PushAnswer>> push(final PushCall call) {
        return inFlight.join(call, this::answer);
    }

    private CompletableFuture<List<PushAnswer>> answer(final PushCall call) {
        return CompletableFuture.completedFuture(call)
                .thenCompose(asked -> prepare(asked, 0, new ArrayList<>()))
                .thenCompose(ready -> publish(ready, call.trace()))
                .exceptionally(failure -> List.of(LostPush.unexpected(failure)));
    }

    /** A call has few enough pushes (see {@link PartSize}) to go through them by recursion. */
    private CompletableFuture<Ready> prepare(
            final PushCall call, final int from, final List<Prepared> ready) {
        if (from == call.pushes().size()) {
            return CompletableFuture.completedFuture(new Ready(ready, List.of()));
        }
        return spans.prepare(call, call.pushes().get(from))
                .thenCompose(
                        prepared -> {
                            ready.add(prepared);
                            return prepare(call, from + 1, ready);
                        })
                .exceptionally(
                        failure ->
                                new Ready(
                                        ready,
                                        List.of(
                                                LostPush.answer(
                                                        call.pushes().get(from), failure))));
    }

    private CompletableFuture<List<PushAnswer>> publish(
            final Ready call, final @Nullable TraceParent trace) {
        final List<CompletableFuture<PushAnswer>> answers = new ArrayList<>();
        boolean accepted = true;
        for (final Prepared prepared : call.pushes()) {
            final CompletableFuture<PushAnswer> answer = publish(prepared, trace);
            answers.add(answer);
            accepted = !answer.isDone() || answer.join() instanceof PushAnswer.Accepted;
            if (!accepted) {
                break;
            }
        }
        final List<PushAnswer> last = accepted ? call.end() : List.of();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(
                        done ->
                                Stream.concat(
                                                answers.stream().map(CompletableFuture::join),
                                                last.stream())
                                        .toList());
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

    /**
     * Requests that may be published, and the answer to the push behind them if that one may not.
     */
    private record Ready(List<Prepared> pushes, List<PushAnswer> end) {}
}
