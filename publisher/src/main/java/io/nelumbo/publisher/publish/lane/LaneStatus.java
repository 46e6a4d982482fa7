package io.nelumbo.publisher.publish.lane;

import io.nelumbo.publisher.chain.Address;
import org.jspecify.annotations.Nullable;

/**
 * How a lane does. Nonces are unsigned; {@code confirmedNonce}, {@code pushedNonce} and {@code
 * nextNonce} are exclusive, and ascend in this order.
 *
 * @param confirmedNonce first nonce that the chain has not confirmed
 * @param pushedNonce first nonce that was not pushed in this pass
 * @param nextNonce nonce of the next message
 * @param upstream which upstream the lane pushes to, an empty text before the first push
 * @param held why the head of the lane waits, or null if it does not
 * @param haltReason why the lane is halted, or null if it is not
 * @param confirmationDoubt why confirming does not go on, an empty text if it does
 */
public record LaneStatus(
        int accountId,
        Address address,
        long confirmedNonce,
        long pushedNonce,
        long nextNonce,
        String upstream,
        @Nullable Held held,
        @Nullable String haltReason,
        String confirmationDoubt) {

    /** Messages that are committed and not confirmed, displaced ones included. */
    public long unconfirmed() {
        return nextNonce - confirmedNonce;
    }

    /**
     * A head that waits.
     *
     * @param text what the upstream said
     * @param retries how often it was tried again
     */
    public record Held(long nonce, HoldReason reason, String text, int retries) {}
}
