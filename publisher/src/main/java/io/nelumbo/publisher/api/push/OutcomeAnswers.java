package io.nelumbo.publisher.api.push;

import io.nelumbo.publisher.chain.filecoin.SignedDraft;
import io.nelumbo.publisher.pipeline.PublishOutcome;
import io.nelumbo.publisher.pipeline.PublishRequest;
import io.nelumbo.statemachine.ledger.LedgerView;

/** What the pipeline made of a request, in the words that its client is told. Any thread. */
final class OutcomeAnswers {
    private final LedgerView ledger;
    private final OwnNonces ownNonces;

    OutcomeAnswers(final LedgerView ledger, final OwnNonces ownNonces) {
        this.ledger = ledger;
        this.ownNonces = ownNonces;
    }

    PushAnswer answer(final PublishRequest request, final PublishOutcome outcome) {
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
                && ledger.answered(request.requestId()) != null) {
            return new PushAnswer.Unknown(
                    "a message under this request id is committed, but its receipt cannot be"
                            + " fetched now ("
                            + full.bound()
                            + " full)");
        }
        if (outcome instanceof PublishOutcome.WrongNonce wrong
                && request.draft() instanceof SignedDraft signed) {
            return ownNonces.wrong(signed, request.accountId(), wrong.expected());
        }
        return refusal(outcome);
    }

    private static PushAnswer refusal(final PublishOutcome outcome) {
        if (outcome instanceof PublishOutcome.RequestIdReused reused) {
            return new PushAnswer.Refused(
                    RefusalKind.REQUEST_ID_REUSED,
                    "request id reused: " + reused.detail() + "; nothing was published");
        }
        if (outcome instanceof PublishOutcome.Overloaded full) {
            return new PushAnswer.Refused(
                    RefusalKind.OVERLOADED,
                    "overloaded: "
                            + full.bound()
                            + " full; nothing was published, try again after "
                            + full.retryAfterMs()
                            + " ms",
                    full.retryAfterMs());
        }
        if (outcome instanceof PublishOutcome.LaneHalted halted) {
            return new PushAnswer.Refused(
                    RefusalKind.LANE_HALTED,
                    "the account's lane is halted: "
                            + halted.reason()
                            + "; nothing was published, and nothing will be before it is resumed");
        }
        if (outcome instanceof PublishOutcome.NotSigned unsigned) {
            return new PushAnswer.Refused(
                    RefusalKind.NOT_SIGNED,
                    "not signed: " + unsigned.reason() + "; nothing was published");
        }
        if (outcome instanceof PublishOutcome.TooLarge large) {
            return new PushAnswer.Refused(
                    RefusalKind.TOO_LARGE,
                    "message too big: expected at most "
                            + large.maxBatchBytes()
                            + " bytes in one batch but was "
                            + large.signedBytes()
                            + " signed; nothing was published");
        }
        throw new IllegalStateException("expected every outcome to have words but was " + outcome);
    }
}
