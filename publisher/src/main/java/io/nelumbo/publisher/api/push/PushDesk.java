package io.nelumbo.publisher.api.push;

import io.nelumbo.journal.event.RequestId;
import io.nelumbo.publisher.pipeline.PublishOutcome;
import io.nelumbo.publisher.pipeline.PublishRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The leader's side: prepares the pushes of a call one after the other, then publishes them in
 * order without waiting in between, so that they share Raft entries. Any thread.
 */
final class PushDesk {
    private static final Logger LOG = LoggerFactory.getLogger(PushDesk.class);

    private static final String NOTHING_PUBLISHED = "nothing was published";
    private static final String THIS_ATTEMPT =
            "this attempt published nothing; an earlier one under this MsgUuid may have";

    private final CallsInFlight inFlight = new CallsInFlight();
    private final Preparation preparation;
    private final Predicate<RequestId> answered;
    private final Function<PublishRequest, CompletableFuture<PublishOutcome>> pipeline;

    /**
     * @param answered whether the ledger has a receipt under a request id
     */
    PushDesk(
            final Preparation preparation,
            final Predicate<RequestId> answered,
            final Function<PublishRequest, CompletableFuture<PublishOutcome>> pipeline) {
        this.preparation = preparation;
        this.answered = answered;
        this.pipeline = pipeline;
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
                .thenCompose(this::publish)
                .exceptionally(failure -> List.of(unexpected(failure)));
    }

    /** A call has few enough pushes (see {@link PartSize}) to go through them by recursion. */
    private CompletableFuture<Prepared> prepare(
            final PushCall call, final int from, final List<PublishRequest> ready) {
        if (from == call.pushes().size()) {
            return CompletableFuture.completedFuture(new Prepared(ready, List.of()));
        }
        return preparation
                .prepare(call.principal(), call.pushes().get(from))
                .thenCompose(
                        request -> {
                            ready.add(request);
                            return prepare(call, from + 1, ready);
                        })
                .exceptionally(
                        failure ->
                                new Prepared(
                                        ready, List.of(refused(call.pushes().get(from), failure))));
    }

    private CompletableFuture<List<PushAnswer>> publish(final Prepared prepared) {
        final List<CompletableFuture<PublishOutcome>> outcomes = new ArrayList<>();
        boolean accepted = true;
        for (final PublishRequest request : prepared.ready()) {
            final CompletableFuture<PublishOutcome> outcome = pipeline.apply(request);
            outcomes.add(outcome);
            accepted = !outcome.isDone() || outcome.join() instanceof PublishOutcome.Published;
            if (!accepted) {
                break;
            }
        }
        final List<PushAnswer> last = accepted ? prepared.end() : List.of();
        return CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new))
                .thenApply(
                        done -> {
                            final List<PushAnswer> answers = new ArrayList<>();
                            for (int i = 0; i < outcomes.size(); i++) {
                                answers.add(
                                        answer(prepared.ready().get(i), outcomes.get(i).join()));
                            }
                            answers.addAll(last);
                            return answers;
                        });
    }

    private PushAnswer answer(final PublishRequest request, final PublishOutcome outcome) {
        if (outcome instanceof PublishOutcome.Published published) {
            return new PushAnswer.Accepted(published.receipt());
        }
        if (outcome instanceof PublishOutcome.NotLeading) {
            return new PushAnswer.NotLeading();
        }
        if (outcome instanceof PublishOutcome.OutcomeUnknown unknown) {
            return new PushAnswer.Unknown(unknown.reason());
        }
        if (outcome instanceof PublishOutcome.Overloaded full
                && answered.test(request.requestId())) {
            return new PushAnswer.Unknown(
                    "a message under this request id is committed, but its receipt cannot be"
                            + " fetched now ("
                            + full.bound()
                            + " full)");
        }
        return new PushAnswer.Refused(refusal(outcome));
    }

    private static String refusal(final PublishOutcome outcome) {
        if (outcome instanceof PublishOutcome.RequestIdReused reused) {
            return "request id reused: " + reused.detail() + "; nothing was published";
        }
        if (outcome instanceof PublishOutcome.Overloaded full) {
            return "overloaded: "
                    + full.bound()
                    + " full; nothing was published, try again after "
                    + full.retryAfterMs()
                    + " ms";
        }
        if (outcome instanceof PublishOutcome.LaneHalted halted) {
            return "the account's lane is halted: "
                    + halted.reason()
                    + "; nothing was published, and nothing will be before it is resumed";
        }
        if (outcome instanceof PublishOutcome.NotSigned unsigned) {
            return "not signed: " + unsigned.reason() + "; nothing was published";
        }
        if (outcome instanceof PublishOutcome.TooLarge large) {
            return "message too big: expected at most "
                    + large.maxBatchBytes()
                    + " bytes in one batch but was "
                    + large.signedBytes()
                    + " signed; nothing was published";
        }
        throw new IllegalStateException("expected every outcome to have words but was " + outcome);
    }

    private static PushAnswer refused(final Push push, final Throwable failure) {
        final Throwable cause = Failures.cause(failure);
        if (cause instanceof NotLeadingHere) {
            return new PushAnswer.NotLeading();
        }
        return cause instanceof PushRefused refused
                ? new PushAnswer.Refused(
                        push.spec().requestId() == null
                                ? refused.text()
                                : ofThisAttempt(refused.text()))
                : unexpected(failure);
    }

    /** An earlier attempt may be under way with another leader's entries, unseen from here. */
    private static String ofThisAttempt(final String refusal) {
        return refusal.contains(NOTHING_PUBLISHED)
                ? refusal.replace(NOTHING_PUBLISHED, THIS_ATTEMPT)
                : refusal + "; " + THIS_ATTEMPT;
    }

    /** An error of ours: whether something was published is not known here. */
    private static PushAnswer unexpected(final Throwable failure) {
        final String logId = UUID.randomUUID().toString();
        LOG.error("internal error {} in a push", logId, Failures.cause(failure));
        return new PushAnswer.Unknown("internal error (" + logId + " in the leader's log)");
    }

    /**
     * Requests that may be published, and the answer to the push behind them if that one may not.
     */
    private record Prepared(List<PublishRequest> ready, List<PushAnswer> end) {}
}
