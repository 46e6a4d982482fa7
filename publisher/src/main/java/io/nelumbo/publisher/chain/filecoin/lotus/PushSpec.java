package io.nelumbo.publisher.chain.filecoin.lotus;

import io.nelumbo.journal.event.RequestId;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * How a client wants its message sent; Lotus calls it {@code MessageSendSpec}.
 *
 * @param maxFee the most that gas may cost in attoFIL, 0 for the node's own limit
 * @param requestId the idempotency key ({@code MsgUuid}), or null if the client sent none
 * @param maximizeFeeCap whether the fee cap is to be as high as {@code maxFee} allows
 */
public record PushSpec(BigInteger maxFee, @Nullable RequestId requestId, boolean maximizeFeeCap) {
    /** What a null or an empty spec says. */
    public static final PushSpec NONE = new PushSpec(BigInteger.ZERO, null, false);
}
