package io.nelumbo.publisher.client.stream;

import io.nelumbo.publisher.stream.v1.Refusal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of a message that was sent over a stream. Immutable. */
public sealed interface StreamReply {

    /**
     * Committed by a majority of disks; it will be pushed until it lands.
     *
     * @param nonce of its account, unsigned
     * @param sequence of the event that committed it
     * @param epoch in which that was; 0 in some answers to a repeated request
     * @param cid 38 bytes
     * @param signedMessage its CBOR as it is pushed; empty unless the client's options ask for it
     */
    record Published(long nonce, long sequence, long epoch, byte[] cid, byte[] signedMessage)
            implements StreamReply {}

    /**
     * The node's refusal; its code says in which state the message is.
     *
     * @param text what happened, and what to do next
     * @param retryAfterMs with OVERLOADED: how long to wait at least
     */
    record Refused(Refusal.Code code, String text, long retryAfterMs) implements StreamReply {}

    /**
     * It never left this client, because the node cannot be reached or the client is closed: send
     * it again later, or to another node.
     */
    record NotSent(String why) implements StreamReply {}

    /**
     * The stream ended before its answer: committed or not. Send it again under the same request
     * id, over a new stream or to another node: that answers with the receipt, or publishes it
     * once.
     *
     * @param why how the stream ended
     * @param requestId that it was sent under; null for a signed message
     */
    record OutcomeUnknown(String why, @Nullable UUID requestId) implements StreamReply {}
}
