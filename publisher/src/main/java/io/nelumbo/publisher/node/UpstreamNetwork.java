package io.nelumbo.publisher.node;

import io.nelumbo.publisher.chain.filecoin.Network;
import io.nelumbo.publisher.chain.filecoin.lotus.LotusNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which network the chain nodes serve, from the first that says so. They are asked until then: a
 * node that started while they were away, or slow, must come to write addresses as its peers do,
 * and until it has, it writes them as on mainnet. Any thread.
 */
final class UpstreamNetwork implements Supplier<Network>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UpstreamNetwork.class);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

    private final CompletableFuture<Network> said = new CompletableFuture<>();

    /** Waits for a first answer, and goes on asking in the background if there is none. */
    void ask(final List<LotusNode> nodes) {
        CompletableFuture.anyOf(said, askOnce(nodes)).join();
        if (!said.isDone() && !nodes.isEmpty()) {
            LOG.warn("no upstream says which network this is; addresses are written as on mainnet");
            askLater(nodes);
        }
    }

    @Override
    public Network get() {
        final Network network = known();
        return network == null ? Network.MAINNET : network;
    }

    /** What an upstream has said, or null while none has. */
    @Nullable Network known() {
        return said.isCancelled() ? null : said.getNow(null);
    }

    /** Ends the asking. */
    @Override
    public void close() {
        said.cancel(false);
    }

    private CompletableFuture<Void> askOnce(final List<LotusNode> nodes) {
        return CompletableFuture.allOf(
                nodes.stream()
                        .map(
                                node ->
                                        node.networkName()
                                                .orTimeout(
                                                        ANSWER_TIMEOUT.toMillis(),
                                                        TimeUnit.MILLISECONDS)
                                                .handle(this::answered))
                        .toArray(CompletableFuture[]::new));
    }

    private boolean answered(final @Nullable String name, final @Nullable Throwable failure) {
        return name != null && !name.isEmpty() && said.complete(Network.called(name));
    }

    private void askLater(final List<LotusNode> nodes) {
        if (said.isDone()) {
            return;
        }
        final CompletionStage<Void> unused =
                new CompletableFuture<Void>()
                        .completeOnTimeout(null, RETRY_DELAY.toMillis(), TimeUnit.MILLISECONDS)
                        .thenCompose(passed -> askOnce(nodes))
                        .thenRun(() -> askLater(nodes));
    }
}
