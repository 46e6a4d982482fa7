package io.nelumbo.bench.cluster;

import io.nelumbo.journal.event.RequestId;
import io.nelumbo.publisher.api.stream.StreamAnswers;
import io.nelumbo.publisher.api.stream.StreamDesk;
import io.nelumbo.publisher.api.stream.StreamItem;
import io.nelumbo.publisher.api.stream.StreamOutcome;
import io.nelumbo.publisher.jsonrpc.Caller;
import io.nelumbo.publisher.pipeline.PublishOutcome;
import io.nelumbo.publisher.pipeline.PublishRequest;
import io.nelumbo.publisher.stream.v1.Refusal;
import java.util.List;
import java.util.Objects;

/**
 * The binary door's way into the pipeline, without what a node does in between: no gas, no funds,
 * no key. The bytes that come in are taken for the signed message; its account follows from the
 * request id. Any thread.
 */
final class MemberDesk implements StreamDesk {

    private final Member member;
    private final byte[] requestHash = new byte[32];

    MemberDesk(final Member member) {
        this.member = member;
    }

    @Override
    public Line open(final Caller caller) {
        return (items, answers) -> publish(caller, items, answers);
    }

    private void publish(
            final Caller caller, final List<StreamItem> items, final StreamAnswers answers) {
        for (final StreamItem item : items) {
            final RequestId id = Objects.requireNonNull(item.requestId());
            if (member.ledger().accountCount() < InstantChain.ACCOUNTS) {
                answers.answer(item, refused("the accounts are not open yet"));
                continue;
            }
            final var unused =
                    member.pipeline()
                            .publish(
                                    new PublishRequest(
                                            id,
                                            requestHash,
                                            caller.principal(),
                                            (int)
                                                    Long.remainderUnsigned(
                                                            id.low(), InstantChain.ACCOUNTS),
                                            new GivenDraft(item.body().cbor())))
                            .thenAccept(outcome -> answers.answer(item, of(outcome)));
        }
    }

    private static StreamOutcome of(final PublishOutcome outcome) {
        return outcome instanceof PublishOutcome.Published published
                ? new StreamOutcome.Published(published.receipt())
                : refused(outcome.toString());
    }

    private static StreamOutcome refused(final String why) {
        return StreamOutcome.Refused.of(Refusal.Code.REFUSED, why);
    }
}
