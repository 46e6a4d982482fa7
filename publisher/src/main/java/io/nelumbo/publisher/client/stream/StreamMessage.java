package io.nelumbo.publisher.client.stream;

import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message to send. Its bytes are not copied, and must not change before its reply came.
 *
 * @param requestId names it for good: repeated under the same id, it is published once; null only
 *     for a signed message, whose id follows from its bytes
 * @param cbor of an unsigned message (ten values, nonce 0) or, without an id, of a signed one
 */
public record StreamMessage(@Nullable UUID requestId, byte[] cbor) {

    /**
     * One that the cluster completes, numbers and signs.
     *
     * @param message with nonce 0; gas fields left at 0 are estimated by the node, which takes time
     */
    public static StreamMessage unsigned(final UUID requestId, final FilecoinMessage message) {
        return new StreamMessage(requestId, message.encode());
    }

    /** One that its sender numbered and signed. */
    public static StreamMessage signed(final SignedFilecoinMessage message) {
        return new StreamMessage(null, message.encode());
    }
}
