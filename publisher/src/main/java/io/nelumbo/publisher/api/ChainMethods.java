package io.nelumbo.publisher.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.nelumbo.publisher.api.push.ChainQuestions;
import io.nelumbo.publisher.chain.filecoin.lotus.LotusJson;
import io.nelumbo.publisher.jsonrpc.Caller;
import io.nelumbo.publisher.jsonrpc.Params;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What the chain knows, asked upstream and passed on as it is. The two versions of the API differ
 * in what they take; upstreams are asked in the words of v1. Any thread.
 */
final class ChainMethods {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonNode HEAD = NODES.arrayNode();
    private static final JsonNode NO_LOOKBACK_LIMIT = NODES.numberNode(-1);

    private final ChainQuestions chain;
    private final LotusJson json;

    ChainMethods(final ChainQuestions chain, final LotusJson json) {
        this.chain = chain;
        this.json = json;
    }

    /** v1 {@code StateSearchMsg}: [tipset, cid, limit, allowReplaced]. */
    CompletableFuture<JsonNode> searchMessage(final Params params, final Caller caller) {
        params.expect(4, 4);
        final JsonNode tipset = json.writeTipsetKey(json.readTipsetKey("params[0]", params.at(0)));
        final JsonNode message = cid(params, 1);
        params.integer(2);
        params.bool(3);
        return chain.call(
                "Filecoin.StateSearchMsg", List.of(tipset, message, params.at(2), params.at(3)));
    }

    /** v0 {@code StateSearchMsg}: [cid]. */
    CompletableFuture<JsonNode> searchMessageV0(final Params params, final Caller caller) {
        params.expect(1, 1);
        final JsonNode message = cid(params, 0);
        return chain.call(
                "Filecoin.StateSearchMsg",
                List.of(HEAD, message, NO_LOOKBACK_LIMIT, NODES.booleanNode(true)));
    }

    /** v1 {@code StateWaitMsg}: [cid, confidence, limit, allowReplaced]. */
    CompletableFuture<JsonNode> waitMessage(final Params params, final Caller caller) {
        params.expect(4, 4);
        final JsonNode message = cid(params, 0);
        params.integer(1);
        params.integer(2);
        params.bool(3);
        return chain.callWaiting(
                "Filecoin.StateWaitMsg",
                List.of(message, params.at(1), params.at(2), params.at(3)));
    }

    /** v0 {@code StateWaitMsg}: [cid, confidence]. */
    CompletableFuture<JsonNode> waitMessageV0(final Params params, final Caller caller) {
        params.expect(2, 2);
        final JsonNode message = cid(params, 0);
        params.integer(1);
        return chain.callWaiting(
                "Filecoin.StateWaitMsg",
                List.of(message, params.at(1), NO_LOOKBACK_LIMIT, NODES.booleanNode(true)));
    }

    /** As we write it: what else a client's object holds must not wait here, nor go upstream. */
    private JsonNode cid(final Params params, final int position) {
        return json.writeCid(json.readCid("params[" + position + "]", params.at(position)));
    }

    /** {@code WalletBalance}: [address] to attoFIL. */
    CompletableFuture<JsonNode> balance(final Params params, final Caller caller) {
        params.expect(1, 1);
        return chain.call(
                "Filecoin.WalletBalance",
                List.of(json.writeAddress(json.readAddress("params[0]", params.at(0)))));
    }
}
