package io.nelumbo.publisher.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.nelumbo.publisher.chain.UpstreamFailure;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.lotus.LotusNode;
import io.nelumbo.publisher.chain.filecoin.lotus.PushSpec;
import io.nelumbo.publisher.jsonrpc.JsonRpcFailure;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks the preferred upstream, and the next when that one cannot be asked. A node that answers with
 * an error has answered: it is not asked elsewhere. Immutable; any thread.
 */
public final class UpstreamNodes implements ChainQuestions {
    private final List<LotusNode> nodes;
    private final Duration waitTimeout;

    /**
     * @param nodes the preferred one first
     * @param waitTimeout for methods that wait for the chain
     */
    public UpstreamNodes(final List<LotusNode> nodes, final Duration waitTimeout) {
        this.nodes = List.copyOf(nodes);
        this.waitTimeout = waitTimeout;
    }

    @Override
    public CompletableFuture<FilecoinMessage> estimateGas(
            final FilecoinMessage message, final PushSpec spec) {
        return ask(0, null, node -> node.estimateGas(message, spec));
    }

    @Override
    public CompletableFuture<BigInteger> balance(final FilecoinAddress account) {
        return ask(0, null, node -> node.balance(account));
    }

    @Override
    public CompletableFuture<FilecoinAddress> keyAddress(final FilecoinAddress address) {
        return ask(0, null, node -> node.keyAddress(address));
    }

    @Override
    public CompletableFuture<JsonNode> call(final String method, final List<JsonNode> params) {
        return ask(0, null, node -> node.call(method, params.toArray(JsonNode[]::new)));
    }

    @Override
    public CompletableFuture<JsonNode> callWaiting(
            final String method, final List<JsonNode> params) {
        return ask(
                0, null, node -> node.call(waitTimeout, method, params.toArray(JsonNode[]::new)));
    }

    private <T> CompletableFuture<T> ask(
            final int from,
            final @Nullable Throwable earlier,
            final Function<LotusNode, CompletableFuture<T>> question) {
        if (from == nodes.size()) {
            return CompletableFuture.failedFuture(
                    earlier != null
                            ? earlier
                            : new UpstreamFailure("no upstream is configured for Filecoin"));
        }
        return question.apply(nodes.get(from))
                .exceptionallyCompose(
                        failure ->
                                isAnswer(failure)
                                        ? CompletableFuture.failedFuture(failure)
                                        : ask(from + 1, failure, question));
    }

    private static boolean isAnswer(final Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof UpstreamFailure)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof JsonRpcFailure.ErrorAnswer;
    }
}
