package io.nelumbo.publisher.api.push;

import io.nelumbo.journal.event.RequestId;
import io.nelumbo.publisher.chain.Address;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.lotus.PushSpec;

/**
 * A message that this cluster completes, numbers and signs.
 *
 * @param requestId the client's, or one that the first node chose
 * @param message as the client sent it, gas fields included; its nonce is 0
 */
record MessagePush(RequestId requestId, FilecoinMessage message, PushSpec spec) implements Push {

    @Override
    public byte[] requestHash() {
        return Digests.sha256(message.encode());
    }

    @Override
    public Address sender() {
        return message.from().account();
    }

    @Override
    public int sizeBytes() {
        return message.params().length;
    }

    @Override
    public boolean mayHaveBeenTried() {
        return spec.requestId() != null;
    }

    @Override
    public RetryWords words() {
        return RetryWords.MESSAGE;
    }

    @Override
    public void check() {
        PushChecks.check(message);
    }
}
