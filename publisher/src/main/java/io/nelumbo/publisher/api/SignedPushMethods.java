package io.nelumbo.publisher.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.nelumbo.publisher.api.push.Gateway;
import io.nelumbo.publisher.api.push.PushResult;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.lotus.LotusJson;
import io.nelumbo.publisher.jsonrpc.Caller;
import io.nelumbo.publisher.jsonrpc.JsonRpcError;
import io.nelumbo.publisher.jsonrpc.Params;
import io.nelumbo.publisher.pipeline.Receipt;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Pushing what its sender has signed already. Lotus trusts some of these callers with gaps between
 * nonces; here nobody leaves any, so the untrusted methods are the same. Any thread.
 */
final class SignedPushMethods {
    private final Gateway gateway;
    private final LotusJson json;

    SignedPushMethods(final Gateway gateway, final LotusJson json) {
        this.gateway = gateway;
        this.json = json;
    }

    /** {@code MpoolPush}, {@code MpoolPushUntrusted}: [signed message] to CID. */
    CompletableFuture<JsonNode> push(final Params params, final Caller caller) {
        params.expect(1, 1);
        final SignedFilecoinMessage signed = json.readSigned("params[0]", params.object(0));
        return gateway.pushSigned(List.of(signed), caller.principal(), caller.trace())
                .thenApply(
                        result -> {
                            if (result.failure() != null) {
                                throw JsonRpcError.application(result.failure());
                            }
                            return cid(result.receipts().get(0));
                        });
    }

    /** {@code MpoolBatchPush}, {@code MpoolBatchPushUntrusted}: [[signed message]] to [CID]. */
    CompletableFuture<JsonNode> batchPush(final Params params, final Caller caller) {
        params.expect(1, 1);
        final List<SignedFilecoinMessage> messages = new ArrayList<>();
        for (final JsonNode message : params.array(0)) {
            messages.add(json.readSigned("params[0][" + messages.size() + "]", message));
        }
        return gateway.pushSigned(messages, caller.principal(), caller.trace())
                .thenApply(
                        result -> {
                            if (result.failure() != null) {
                                throw JsonRpcError.application(
                                        failedBatch(result, messages.size()));
                            }
                            final ArrayNode all = JsonNodeFactory.instance.arrayNode();
                            result.receipts().forEach(receipt -> all.add(cid(receipt)));
                            return all;
                        });
    }

    private JsonNode cid(final Receipt receipt) {
        final byte[] bytes = receipt.signedBytes();
        return json.writeCid(SignedFilecoinMessage.decode(bytes).cidOfDecoded(bytes));
    }

    private static String failedBatch(final PushResult result, final int size) {
        final int failed = result.receipts().size();
        final String before =
                failed == 0
                        ? ""
                        : "; the "
                                + failed
                                + " before it are committed and stand: pushed again, they are"
                                + " answered with their CIDs and not published twice";
        return "message " + failed + " of " + size + ": " + result.failure() + before;
    }
}
