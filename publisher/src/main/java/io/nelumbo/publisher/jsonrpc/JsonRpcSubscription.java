package io.nelumbo.publisher.jsonrpc;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A method that answers with a channel. Only a WebSocket has channels: over HTTP, and inside a
 * batch array, such a call is refused with -32601. Called on a worker thread, by many at once.
 *
 * <p>Source: FILECOIN.md, JSON-RPC, WebSocket channels.
 */
@FunctionalInterface
public interface JsonRpcSubscription {

    /**
     * Opens the channel, or says no with {@link JsonRpcError}, thrown or in the future. Values may
     * be offered from now on; they wait until the client was told the channel's number.
     *
     * @param params as the client wrote them, or null if there are none
     * @return completes with what ends the subscription at its source; it is run once, on any
     *     thread, when the client cancels, is too slow or goes, and must not block
     */
    CompletableFuture<Runnable> open(@Nullable RawJson params, Caller caller, ChannelSink channel);
}
