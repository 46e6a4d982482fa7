package io.nelumbo.publisher.api.push;

import io.nelumbo.journal.event.RequestId;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.lotus.PushSpec;

/**
 * One message that a client wants published.
 *
 * @param requestId the client's, or one that the first node chose; fixed from here on
 * @param message as the client sent it, gas fields included; its nonce is 0
 */
record Push(RequestId requestId, FilecoinMessage message, PushSpec spec) {

    /** By this the ledger tells a repeated request from another one under the same id (I4). */
    byte[] requestHash() {
        return Digests.sha256(message.encode());
    }
}
