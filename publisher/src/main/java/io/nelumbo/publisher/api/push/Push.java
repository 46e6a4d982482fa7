package io.nelumbo.publisher.api.push;

import io.nelumbo.journal.event.RequestId;
import io.nelumbo.publisher.chain.Address;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.lotus.PushSpec;
import java.util.UUID;

/** One message that a client wants published. Immutable. */
public sealed interface Push permits MessagePush, SignedPush {

    /**
     * One that this cluster completes, numbers and signs.
     *
     * @param message as the client sent it
     * @param spec without a request id a fresh one is made
     */
    static Push of(final FilecoinMessage message, final PushSpec spec) {
        final RequestId given = spec.requestId();
        return new MessagePush(
                given != null ? given : RequestId.of(UUID.randomUUID()), message, spec);
    }

    /** One that its sender numbered and signed. */
    static Push signed(final SignedFilecoinMessage message) {
        return SignedPush.of(message);
    }

    /** Fixed by the first node that sees the push. */
    RequestId requestId();

    /** By this the ledger tells a repeated request from another one under the same id (I4). */
    byte[] requestHash();

    /** As the client named it: perhaps not yet the key's address. */
    Address sender();

    /** About how large it is on the wire. */
    int sizeBytes();

    /**
     * Whether an earlier attempt at it may be under way without this node's knowledge: the client
     * could name it when it asked before.
     */
    boolean mayHaveBeenTried();

    /** What its client is told about asking again. */
    RetryWords words();

    /** Throws {@link PushRefused} for what can never be published, whatever the chain's state. */
    void check();
}
