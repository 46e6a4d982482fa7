package io.nelumbo.publisher.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.nelumbo.publisher.api.push.ChainQuestions;
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
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the preferred upstream, and the next when that one cannot be asked. A node that answers with
 * an error has answered: it is not asked elsewhere. Any thread.
 *
 * <p>Each question takes a connection of its own, and whoever may only read may ask as many as fit
 * into batches: what clients have passed on is bounded here, before the process runs out of files,
 * which would halt the journal (I10). Pushes have their own way and are not crowded out.
 */
public final class UpstreamNodes implements ChainQuestions {
    static final int MAX_CALLS = 1024;
    static final int MAX_WAITING_CALLS = 512;

    private final Semaphore calls = new Semaphore(MAX_CALLS);
    private final Semaphore waitingCalls = new Semaphore(MAX_WAITING_CALLS);
    private final List<LotusNode> nodes;
    private final Duration waitTimeout;
    private final Executor executor;

    /**
     * @param nodes the preferred one first
     * @param waitTimeout for methods that wait for the chain
     * @param executor where those who asked go on: answers come on the event loop that carries the
     *     pushes too, and what is done with them may be the preparation of thousands of messages
     */
    public UpstreamNodes(
            final List<LotusNode> nodes, final Duration waitTimeout, final Executor executor) {
        this.nodes = List.copyOf(nodes);
        this.waitTimeout = waitTimeout;
        this.executor = executor;
    }

    @Override
    public CompletableFuture<FilecoinMessage> estimateGas(
            final FilecoinMessage message, final PushSpec spec) {
        return question(node -> node.estimateGas(message, spec));
    }

    @Override
    public CompletableFuture<BigInteger> balance(final FilecoinAddress account) {
        return question(node -> node.balance(account));
    }

    @Override
    public CompletableFuture<FilecoinAddress> keyAddress(final FilecoinAddress address) {
        return question(node -> node.keyAddress(address));
    }

    @Override
    public CompletableFuture<JsonNode> call(final String method, final List<JsonNode> params) {
        return bounded(
                calls, () -> question(node -> node.call(method, params.toArray(JsonNode[]::new))));
    }

    @Override
    public CompletableFuture<JsonNode> callWaiting(
            final String method, final List<JsonNode> params) {
        return bounded(
                waitingCalls,
                () ->
                        question(
                                node ->
                                        node.call(
                                                waitTimeout,
                                                method,
                                                params.toArray(JsonNode[]::new))));
    }

    private static <T> CompletableFuture<T> bounded(
            final Semaphore room, final Supplier<CompletableFuture<T>> question) {
        if (!room.tryAcquire()) {
            return CompletableFuture.failedFuture(
                    new UpstreamFailure(
                            "too many calls wait for the chain; this one was not passed on, try"
                                    + " again later"));
        }
        return question.get().whenComplete((answer, failure) -> room.release());
    }

    private <T> CompletableFuture<T> question(
            final Function<LotusNode, CompletableFuture<T>> question) {
        return ask(0, null, question).whenCompleteAsync((answer, failure) -> {}, executor);
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
