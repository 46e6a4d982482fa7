package io.nelumbo.publisher.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Pushes what it is given at once by one call, {@code MpoolBatchPushMessage}, to all nodes in turn.
 */
public final class BatchPushTarget implements Target {
    private final List<NodeCalls> nodes;
    private final Transfers messages;
    private final ReceiptListener receipts;
    private final AtomicInteger calls = new AtomicInteger();

    /**
     * @param nodes at least one, with a token that may sign
     */
    public BatchPushTarget(
            final List<NodeCalls> nodes, final Transfers messages, final ReceiptListener receipts) {
        this.nodes = List.copyOf(nodes);
        this.messages = messages;
        this.receipts = receipts;
    }

    @Override
    public void send(final long first, final int count, final Outcomes outcomes) {
        final ArrayNode batch = JsonNodeFactory.instance.arrayNode(count);
        for (long number = first; number < first + count; number++) {
            batch.add(messages.message(number));
        }
        final NodeCalls node = nodes.get(Math.floorMod(calls.getAndIncrement(), nodes.size()));
        final CompletableFuture<JsonNode> unused =
                node.call("Filecoin.MpoolBatchPushMessage", batch, messages.spec(first))
                        .whenComplete(
                                (signed, failure) -> {
                                    if (failure == null) {
                                        PushAnswers.acknowledge(
                                                first, count, signed, outcomes, receipts);
                                    } else {
                                        PushAnswers.fail(first, count, failure, outcomes);
                                    }
                                });
    }
}
