package io.nelumbo.publisher.devchain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelumbo.publisher.jsonrpc.JsonRpcError;
import io.nelumbo.publisher.jsonrpc.Params;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Any thread. Finds where a message executed, itself or, if the caller allows, the one that took
 * its nonce. Both the v1 form ({@code [tipset, cid, limit, allowReplaced]}, waiting: {@code [cid,
 * confidence, limit, allowReplaced]}) and the v0 form ({@code [cid]}, {@code [cid, confidence]}).
 */
final class MessageSearch {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final long POLL_MS = 50;
    private static final long MAX_WAIT_MS = TimeUnit.MINUTES.toMillis(9);

    private final DevChain chain;

    MessageSearch(final DevChain chain) {
        this.chain = chain;
    }

    /** What is known now; null if it has not executed. */
    JsonNode now(final Params params) {
        final boolean v0 = params.at(0).isObject();
        final String cid = cid(params.at(v0 ? 0 : 1));
        return lookup(cid, 0, v0 || params.at(3).asBoolean(true));
    }

    /** Completes when it has executed with the confidence asked for. */
    CompletableFuture<JsonNode> wait(final Params params) {
        final String cid = cid(params.at(0));
        final long confidence = params.size() > 1 ? params.integer(1) : 0;
        return poll(cid, confidence, params.at(3).asBoolean(true), MAX_WAIT_MS);
    }

    private CompletableFuture<JsonNode> poll(
            final String cid,
            final long confidence,
            final boolean allowReplaced,
            final long leftMs) {
        final JsonNode found = lookup(cid, confidence, allowReplaced);
        if (!found.isNull()) {
            return CompletableFuture.completedFuture(found);
        }
        if (leftMs <= 0) {
            throw JsonRpcError.application("devchain: message did not execute in time: " + cid);
        }
        // On the JDK's timer thread: an executor of CompletableFuture's own would start a thread
        // for
        // each delay on a machine of two cores.
        return new CompletableFuture<Void>()
                .completeOnTimeout(null, POLL_MS, TimeUnit.MILLISECONDS)
                .thenCompose(passed -> poll(cid, confidence, allowReplaced, leftMs - POLL_MS));
    }

    private JsonNode lookup(final String cid, final long confidence, final boolean allowReplaced) {
        final DevChain.Landed landed = landed(cid, allowReplaced);
        // Execution shows in the tipset after the one that includes the message.
        if (landed == null || chain.head().height() < landed.height() + 1 + confidence) {
            return NODES.nullNode();
        }
        final Tipset shown = chain.atHeight(landed.height() + 1);
        if (shown == null) {
            return NODES.nullNode();
        }
        final ObjectNode json = NODES.objectNode();
        json.set("Message", TipsetJson.cid(landed.message().cid()));
        final ObjectNode receipt = json.putObject("Receipt");
        receipt.put("ExitCode", 0).putNull("Return").put("GasUsed", 0).putNull("EventsRoot");
        json.putNull("ReturnDec").set("TipSet", TipsetJson.key(shown));
        return json.put("Height", shown.height());
    }

    private DevChain.@Nullable Landed landed(final String cid, final boolean allowReplaced) {
        final DevChain.Landed same = chain.landed(cid);
        if (same != null || !allowReplaced) {
            return same;
        }
        final PooledMessage asked = chain.remembered(cid);
        return asked == null ? null : chain.landed(asked.from(), asked.nonce());
    }

    private static String cid(final JsonNode json) {
        final JsonNode text = json.path("/");
        if (!text.isTextual()) {
            throw JsonRpcError.invalidParams("expected a CID {\"/\":…} but was " + json);
        }
        return text.textValue();
    }
}
