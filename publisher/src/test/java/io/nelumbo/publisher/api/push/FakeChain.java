package io.nelumbo.publisher.api.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.nelumbo.publisher.chain.UpstreamFailure;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.lotus.PushSpec;
import io.nelumbo.publisher.jsonrpc.JsonRpcFailure;
import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A chain that says what the test wants, and remembers what it was asked. */
public final class FakeChain implements ChainQuestions {
    public final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
    public volatile BigInteger balance = BigInteger.TEN.pow(18);
    public volatile FilecoinAddress key = FilecoinAddress.ofId(0);
    public volatile boolean silent;

    /** Whoever is asked answers when this completes. */
    public volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

    public volatile JsonNode answer = JsonNodeFactory.instance.nullNode();
    public volatile String refusal = "";

    @Override
    public CompletableFuture<FilecoinMessage> estimateGas(
            final FilecoinMessage message, final PushSpec spec) {
        // A liar, too: nothing but gas may be taken from it.
        return ask(
                "GasEstimateMessageGas",
                message.withGas(1000, BigInteger.valueOf(200), BigInteger.valueOf(100))
                        .withNonce(99));
    }

    @Override
    public CompletableFuture<BigInteger> balance(final FilecoinAddress account) {
        return ask("WalletBalance", balance);
    }

    @Override
    public CompletableFuture<FilecoinAddress> keyAddress(final FilecoinAddress address) {
        return ask("StateAccountKey", key);
    }

    @Override
    public CompletableFuture<JsonNode> call(final String method, final List<JsonNode> params) {
        asked.add(method + params);
        if (silent) {
            return CompletableFuture.failedFuture(new JsonRpcFailure.Transport("chain is silent"));
        }
        return refusal.isEmpty()
                ? CompletableFuture.completedFuture(
                        method.equals("Filecoin.WalletBalance")
                                ? JsonNodeFactory.instance.textNode(balance.toString())
                                : answer)
                : CompletableFuture.failedFuture(new JsonRpcFailure.ErrorAnswer(1, refusal));
    }

    @Override
    public CompletableFuture<JsonNode> callWaiting(
            final String method, final List<JsonNode> params) {
        return call(method, params);
    }

    private <T> CompletableFuture<T> ask(final String question, final T told) {
        asked.add(question);
        return silent
                ? CompletableFuture.failedFuture(new UpstreamFailure("chain is silent"))
                : gate.thenApply(open -> told);
    }
}
