package io.nelumbo.publisher.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.nelumbo.publisher.api.push.ChainQuestions;
import io.nelumbo.publisher.api.upstream.CallRoom;
import io.nelumbo.publisher.api.upstream.UpstreamWatch;
import io.nelumbo.publisher.chain.UpstreamFailure;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.lotus.LotusNode;
import io.nelumbo.publisher.chain.filecoin.lotus.PushSpec;
import io.nelumbo.publisher.jsonrpc.JsonRpcFailure;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks the preferred upstream that is healthy, and the next when that one cannot be asked; those
 * that are not healthy last. A node that answers with an error has answered: it is not asked
 * elsewhere. Any thread.
 */
public final class UpstreamNodes implements ChainQuestions {
    private final List<LotusNode> nodes;
    private final UpstreamWatch watch;
    private final CallRoom room;
    private final Duration waitTimeout;
    private final Executor executor;

    /**
     * @param nodes the preferred one first
     * @param watch over these nodes, in their order
     * @param room shared with whoever else passes calls of clients on
     * @param waitTimeout for methods that wait for the chain
     * @param executor where those who asked go on: answers come on the event loop that carries the
     *     pushes too, and what is done with them may be the preparation of thousands of messages
     */
    public UpstreamNodes(
            final List<LotusNode> nodes,
            final UpstreamWatch watch,
            final CallRoom room,
            final Duration waitTimeout,
            final Executor executor) {
        this.nodes = List.copyOf(nodes);
        this.watch = watch;
        this.room = room;
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
        return room.within(
                false,
                () -> question(node -> node.call(method, params.toArray(JsonNode[]::new))),
                UpstreamNodes::full);
    }

    @Override
    public CompletableFuture<JsonNode> callWaiting(
            final String method, final List<JsonNode> params) {
        return room.within(
                true,
                () ->
                        question(
                                node ->
                                        node.call(
                                                waitTimeout,
                                                method,
                                                params.toArray(JsonNode[]::new))),
                UpstreamNodes::full);
    }

    private static UpstreamFailure full() {
        return new UpstreamFailure(
                "too many calls wait for the chain; this one was not passed on, try again later");
    }

    private <T> CompletableFuture<T> question(
            final Function<LotusNode, CompletableFuture<T>> question) {
        return ask(watch.healthyFirst().iterator(), null, question)
                .whenCompleteAsync((answer, failure) -> {}, executor);
    }

    private <T> CompletableFuture<T> ask(
            final Iterator<Integer> places,
            final @Nullable Throwable earlier,
            final Function<LotusNode, CompletableFuture<T>> question) {
        if (!places.hasNext()) {
            return CompletableFuture.failedFuture(
                    earlier != null
                            ? earlier
                            : new UpstreamFailure("no upstream is configured for Filecoin"));
        }
        return question.apply(nodes.get(places.next()))
                .exceptionallyCompose(
                        failure ->
                                isAnswer(failure)
                                        ? CompletableFuture.failedFuture(failure)
                                        : ask(places, failure, question));
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
