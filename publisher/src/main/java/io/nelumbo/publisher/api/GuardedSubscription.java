package io.nelumbo.publisher.api;

import io.nelumbo.publisher.jsonrpc.Caller;
import io.nelumbo.publisher.jsonrpc.ChannelSink;
import io.nelumbo.publisher.jsonrpc.JsonRpcSubscription;
import io.nelumbo.publisher.jsonrpc.RawJson;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A subscription behind its permission.
 *
 * @param name without the prefix {@code Filecoin.}
 */
record GuardedSubscription(String name, Permission permission, JsonRpcSubscription subscription)
        implements JsonRpcSubscription {

    @Override
    public CompletableFuture<Runnable> open(
            final @Nullable RawJson params, final Caller caller, final ChannelSink channel) {
        if (!caller.permissions().contains(permission.text())) {
            throw permission.missingFor(name);
        }
        return subscription.open(params, caller, channel);
    }
}
