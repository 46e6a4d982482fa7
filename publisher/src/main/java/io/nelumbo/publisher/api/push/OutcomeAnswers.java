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
}
