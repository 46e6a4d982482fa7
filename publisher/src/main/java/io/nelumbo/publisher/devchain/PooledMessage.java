package io.nelumbo.publisher.devchain;

import java.math.BigInteger;

/**
 * A decoded, verified message as the chain keeps it.
 *
 * @param from sender's address text; with the nonce it names a slot
 * @param cid text of the message's CID
 * @param requiredFunds gas limit × fee cap, in attoFIL, without the value
 * @param bytes the signed message exactly as it was received
 */
record PooledMessage(
        String from,
        long nonce,
        String cid,
        BigInteger gasPremium,
        BigInteger gasFeeCap,
        BigInteger value,
        BigInteger requiredFunds,
        byte[] bytes) {

    /** What the sender must own for it, in attoFIL. */
    BigInteger cost() {
        return requiredFunds.add(value);
    }
}
