package io.nelumbo.publisher.devchain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.nelumbo.publisher.jsonrpc.Caller;
import io.nelumbo.publisher.jsonrpc.ChannelSink;
import io.nelumbo.publisher.jsonrpc.JsonRpcSubscription;
import io.nelumbo.publisher.jsonrpc.RawJson;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * {@code ChainNotify}: the head as it is, then each change of it, one to a value. Any thread.
 *
 * @param chain tells its changes in their order
 */
record ChainNotify(DevChain chain) implements JsonRpcSubscription {

    @Override
    public CompletableFuture<Runnable> open(
            final @Nullable RawJson params, final Caller caller, final ChannelSink channel) {
        return CompletableFuture.completedFuture(
                chain.onHeadChange(change -> channel.offer(value(change))));
    }

    private static RawJson value(final HeadChange change) {
        final ArrayNode changes = JsonNodeFactory.instance.arrayNode();
        changes.addObject()
                .put("Type", change.type().text())
                .set("Val", TipsetJson.of(change.tipset()));
        return RawJson.of(changes);
    }
}
