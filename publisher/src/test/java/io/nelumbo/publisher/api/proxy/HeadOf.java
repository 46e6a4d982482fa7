package io.nelumbo.publisher.api.proxy;

import io.nelumbo.publisher.chain.Address;
import io.nelumbo.publisher.chain.PushOutcome;
import io.nelumbo.publisher.chain.Upstream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An upstream that is asked for nothing but its head. */
public record HeadOf(String name, Supplier<CompletableFuture<Long>> head) implements Upstream {

    @Override
    public CompletableFuture<Long> headHeight() {
        return head.get();
    }

    @Override
    public CompletableFuture<List<PushOutcome>> push(final List<byte[]> signedMessages) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Long> nextNonce(final Address account) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<List<Long>> pendingNonces(final Address account) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<NonceAtHeight> executedNonce(final Address account, final int depth) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<@Nullable Landing> find(final byte[] hash) {
        throw new UnsupportedOperationException();
    }
}
