package io.nelumbo.publisher.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Pushes each message by a call of its own, {@code MpoolPushMessage}, as most clients do; over HTTP
 * connections that stay open, to all nodes in turn.
 */
public final class PushTarget implements Target {
    private final List<NodeCalls> nodes;
    private final Transfers messages;
    private final ReceiptListener receipts;

    /**
     * @param nodes at least one, with a token that may sign
     */
    public PushTarget(
            final List<NodeCalls> nodes, final Transfers messages, final ReceiptListener receipts) {
        this.nodes = List.copyOf(nodes);
        this.messages = messages;
        this.receipts = receipts;
    }

    @Override
    public void send(final long first, final int count, final Outcomes outcomes) {
        for (long number = first; number < first + count; number++) {
            send(number, outcomes);
        }
    }

    private void send(final long number, final Outcomes outcomes) {
        final CompletableFuture<JsonNode> unused =
                nodes.get((int) (number % nodes.size()))
                        .call(
                                "Filecoin.MpoolPushMessage",
                                messages.message(number),
                                messages.spec(number))
                        .whenComplete((signed, failure) -> end(number, signed, failure, outcomes));
    }

    private void end(
            final long number,
            final JsonNode signed,
            final Throwable failure,
            final Outcomes outcomes) {
        if (failure == null) {
            PushAnswers.acknowledge(number, 1, List.of(signed), outcomes, receipts);
        } else {
            PushAnswers.fail(number, 1, failure, outcomes);
        }
    }
}
