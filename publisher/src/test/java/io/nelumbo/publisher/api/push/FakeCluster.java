package io.nelumbo.publisher.api.push;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Who leads, as the test says; calls to the leader go where the test says. */
public final class FakeCluster implements Cluster {
    public volatile boolean leading = true;
    public volatile String leader = "leader";
    public volatile Function<byte[], CompletableFuture<byte[]>> route =
            request -> CompletableFuture.failedFuture(new IllegalStateException("nobody there"));

    @Override
    public boolean isLeading() {
        return leading;
    }

    @Override
    public Optional<String> leader() {
        return leader.isEmpty() ? Optional.empty() : Optional.of(leader);
    }

    @Override
    public CompletableFuture<byte[]> callLeader(final byte[] request) {
        return route.apply(request);
    }
}
