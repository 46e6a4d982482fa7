package io.nelumbo.publisher.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.nelumbo.publisher.api.push.Gateway;
import io.nelumbo.publisher.api.push.PushResult;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.lotus.LotusJson;
import io.nelumbo.publisher.chain.filecoin.lotus.PushSpec;
import io.nelumbo.publisher.jsonrpc.Caller;
import io.nelumbo.publisher.jsonrpc.JsonRpcError;
import io.nelumbo.publisher.jsonrpc.Params;
import io.nelumbo.publisher.pipeline.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Pushing messages. Any thread. */
final class PushMethods {
    private final Gateway gateway;
    private final LotusJson json;

    PushMethods(final Gateway gateway, final LotusJson json) {
        this.gateway = gateway;
        this.json = json;
    }

    /** {@code MpoolPushMessage}: [message, spec] to signed message. */
    CompletableFuture<JsonNode> pushMessage(final Params params, final Caller caller) {
        params.expect(1, 2);
        final FilecoinMessage message = json.readMessage("params[0]", params.object(0));
        final PushSpec spec = json.readSpec("params[1]", params.at(1));
        return gateway.push(message, spec, caller.principal(), caller.trace())
                .thenApply(
                        result -> {
                            if (result.failure() != null) {
                                throw JsonRpcError.application(result.failure());
                            }
                            return signed(result.receipts().get(0));
                        });
    }

    /** {@code MpoolBatchPushMessage}: [[message], spec] to [signed message]. */
    CompletableFuture<JsonNode> batchPushMessage(final Params params, final Caller caller) {
        params.expect(1, 2);
        final List<FilecoinMessage> messages = new ArrayList<>();
        for (final JsonNode message : params.array(0)) {
            messages.add(json.readMessage("params[0][" + messages.size() + "]", message));
        }
        final PushSpec spec = json.readSpec("params[1]", params.at(1));
        return gateway.pushBatch(messages, spec, caller.principal(), caller.trace())
                .thenApply(
                        result -> {
                            if (result.failure() != null) {
                                throw JsonRpcError.application(
                                        failedBatch(result, messages.size()));
                            }
                            final ArrayNode all = JsonNodeFactory.instance.arrayNode();
                            result.receipts().forEach(receipt -> all.add(signed(receipt)));
                            return all;
                        });
    }

    private JsonNode signed(final Receipt receipt) {
        return json.writeSigned(SignedFilecoinMessage.decode(receipt.signedBytes()));
    }

    private static String failedBatch(final PushResult result, final int size) {
        final int failed = result.receipts().size();
        final String before =
                failed == 0
                        ? ""
                        : "; the "
                                + failed
                                + " before it are committed and stand: the same batch under the"
                                + " same MsgUuid is answered with them, not published again";
        return "message " + failed + " of " + size + ": " + result.failure() + before;
    }
}
