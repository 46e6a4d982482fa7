package io.nelumbo.publisher.api.stream;

import io.nelumbo.journal.event.RequestId;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * One message that a stream brought. Its bytes are changed by nobody.
 *
 * @param number the client's, given back in the answer
 * @param returnSigned whether the receipt carries the signed message
 * @param requestId the client's; null if it gave none, as with every signed message
 */
public record StreamItem(
        long number, boolean returnSigned, @Nullable RequestId requestId, Body body) {

    /** What there is of the message. */
    public sealed interface Body {

        /** The message's CBOR, not looked into yet. */
        byte[] cbor();
    }

    /**
     * To be completed, numbered and signed.
     *
     * @param maxFee attoFIL that estimated gas may cost; 0 for the node's default
     */
    public record Unsigned(byte[] cbor, BigInteger maxFee, boolean maximizeFeeCap)
            implements Body {}

    /** Numbered and signed by its sender. */
    public record Signed(byte[] cbor) implements Body {}

    /** What it counts for in the bounds on bytes in flight. */
    int sizeBytes() {
        return body.cbor().length;
    }
}
