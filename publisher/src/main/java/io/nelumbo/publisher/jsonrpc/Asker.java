package io.nelumbo.publisher.jsonrpc;

import org.jspecify.annotations.Nullable;

/**
 * Whom a request is answered to.
 *
 * @param held what the request holds
 * @param channels of the WebSocket that it came on, or null where there can be none
 */
record Asker(Caller caller, HeldBytes.Share held, @Nullable SocketChannels channels) {

    Asker withoutChannels() {
        return new Asker(caller, held, null);
    }
}
