package io.nelumbo.publisher.api.push;

import com.fasterxml.jackson.databind.JsonNode;
import io.nelumbo.publisher.chain.UpstreamFailure;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.lotus.PushSpec;
import io.nelumbo.publisher.jsonrpc.JsonRpcFailure;
import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What is asked of the chain on behalf of a client. Any thread. Futures fail with {@link
 * UpstreamFailure} when no upstream can tell.
 */
public interface ChainQuestions {

    /** The same message with the gas fields filled in that were 0. */
    CompletableFuture<FilecoinMessage> estimateGas(FilecoinMessage message, PushSpec spec);

    /** The balance in attoFIL, 0 for an account that the chain does not know. */
    CompletableFuture<BigInteger> balance(FilecoinAddress account);

    /** The key address behind an id address. */
    CompletableFuture<FilecoinAddress> keyAddress(FilecoinAddress address);

    /** Passes a call on as it is; fails with {@link JsonRpcFailure}. */
    CompletableFuture<JsonNode> call(String method, List<JsonNode> params);

    /** The same for a method that waits for the chain. */
    CompletableFuture<JsonNode> callWaiting(String method, List<JsonNode> params);
}
