package io.nelumbo.publisher.api.stream;

import io.nelumbo.publisher.api.push.Gateway;
import io.nelumbo.publisher.api.push.Push;
import io.nelumbo.publisher.api.push.PushLine;
import io.nelumbo.publisher.api.push.PushReply;
import io.nelumbo.publisher.api.push.RefusalKind;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.MalformedValue;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.lotus.PushSpec;
import io.nelumbo.publisher.jsonrpc.Caller;
import io.nelumbo.publisher.stream.v1.Refusal;
import java.util.ArrayList;
import java.util.List;

/**
 * A node's desk: what streams bring goes the way of every other push, through the gateway to
 * whoever leads. Any thread.
 */
public final class GatewayDesk implements StreamDesk {
    private final Gateway gateway;

    public GatewayDesk(final Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Line open(final Caller caller) {
        final PushLine line = gateway.line(caller.principal());
        return (items, answers) -> publish(line, items, answers);
    }

    private static void publish(
            final PushLine line, final List<StreamItem> items, final StreamAnswers answers) {
        final List<PushLine.Entry> entries = new ArrayList<>(items.size());
        for (final StreamItem item : items) {
            try {
                entries.add(
                        new PushLine.Entry(
                                push(item), reply -> answers.answer(item, outcome(item, reply))));
            } catch (final MalformedValue malformed) {
                answers.answer(item, ItemReader.malformed(String.valueOf(malformed.getMessage())));
            }
        }
        line.publish(entries);
    }

    private static Push push(final StreamItem item) {
        if (item.body() instanceof StreamItem.Unsigned unsigned) {
            return Push.of(
                    FilecoinMessage.decode(unsigned.cbor()),
                    new PushSpec(unsigned.maxFee(), item.requestId(), unsigned.maximizeFeeCap()));
        }
        return Push.signed(SignedFilecoinMessage.decode(item.body().cbor()));
    }

    private static StreamOutcome outcome(final StreamItem item, final PushReply reply) {
        if (reply instanceof PushReply.Committed committed) {
            return new StreamOutcome.Published(committed.receipt());
        }
        final PushReply.Refused refused = (PushReply.Refused) reply;
        final boolean repeatable =
                refused.kind() == RefusalKind.NO_LEADER
                        || refused.kind() == RefusalKind.OUTCOME_UNKNOWN;
        final boolean named = item.body() instanceof StreamItem.Unsigned;
        return new StreamOutcome.Refused(
                code(refused.kind()),
                refused.text(),
                refused.retryAfterMs(),
                repeatable && named ? refused.requestId() : null);
    }

    private static Refusal.Code code(final RefusalKind kind) {
        return switch (kind) {
            case REFUSED -> Refusal.Code.REFUSED;
            case REQUEST_ID_REUSED -> Refusal.Code.REQUEST_ID_REUSED;
            case OVERLOADED -> Refusal.Code.OVERLOADED;
            case LANE_HALTED -> Refusal.Code.LANE_HALTED;
            case NOT_SIGNED -> Refusal.Code.NOT_SIGNED;
            case WRONG_NONCE -> Refusal.Code.WRONG_NONCE;
            case TOO_LARGE -> Refusal.Code.TOO_LARGE;
            case NO_LEADER -> Refusal.Code.NO_LEADER;
            case OUTCOME_UNKNOWN -> Refusal.Code.OUTCOME_UNKNOWN;
        };
    }
}
