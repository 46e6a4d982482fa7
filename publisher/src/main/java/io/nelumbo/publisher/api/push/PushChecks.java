package io.nelumbo.publisher.api.push;

import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.MessageRules;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;

/**
 * What is wrong with a message whatever the state of cluster and chain: found by the first node,
 * before anything is asked or sent. The words are Lotus's where Lotus has words.
 */
final class PushChecks {
    // The tuple around message and signature, a secp256k1 signature, and a nonce that grows.
    private static final int SIGNING_BYTES = 1 + 2 + 66 + Long.BYTES;
    static final int MAX_UNSIGNED_BYTES = SignedFilecoinMessage.MAX_BYTES - SIGNING_BYTES;

    private PushChecks() {}

    /** Throws {@link PushRefused} for a message that can never be published. */
    static void check(final FilecoinMessage message) {
        if (message.nonce() != 0) {
            throw new PushRefused(
                    "MpoolPushMessage expects message nonce to be 0, was "
                            + Long.toUnsignedString(message.nonce()));
        }
        final int sizeBytes = message.encode().length;
        if (sizeBytes > MAX_UNSIGNED_BYTES) {
            throw new PushRefused(
                    "message too big: expected at most "
                            + MAX_UNSIGNED_BYTES
                            + " bytes unsigned but was "
                            + sizeBytes);
        }
        checkRules(message);
    }

    /** The part that gas can break: asked again when the gas is known. */
    static void checkRules(final FilecoinMessage message) {
        final String defect = MessageRules.defect(message);
        if (defect != null) {
            throw new PushRefused(defect);
        }
    }
}
