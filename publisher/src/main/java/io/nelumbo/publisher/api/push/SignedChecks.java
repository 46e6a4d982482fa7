package io.nelumbo.publisher.api.push;

import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.MessageRules;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;

/**
 * What is wrong with a message that is signed already, whatever the state of cluster and chain.
 * Stricter than with our own: nobody fills its gas in, and no key may be here to close its nonce if
 * the chain never takes it, so that it would hold up its account for ever. The words are Lotus's
 * where Lotus has words. Signatures are verified by the leader.
 */
final class SignedChecks {
    private static final String NOTHING_PUBLISHED = "; nothing was published";

    private SignedChecks() {}

    static void check(final SignedPush push) {
        final int sizeBytes = push.bytes().length;
        if (sizeBytes > SignedFilecoinMessage.MAX_BYTES) {
            throw new PushRefused(
                    "mpool message too large ("
                            + sizeBytes
                            + "B): message too big"
                            + NOTHING_PUBLISHED);
        }
        final FilecoinAddress from = push.signed().message().from();
        if (from.protocol() != push.signed().signature().type().sender()) {
            throw new PushRefused(
                    "expected a From address that the signature's key proves, of protocol "
                            + push.signed().signature().type().sender()
                            + ", but was "
                            + from
                            + ", of protocol "
                            + from.protocol()
                            + NOTHING_PUBLISHED
                            + ", sign it with the key's own address");
        }
    }

    /** The part that what is committed already need not pass. */
    static void checkRules(final FilecoinMessage message) {
        PushChecks.checkRules(message);
        if (message.gasLimit() < MessageRules.MIN_GAS) {
            throw new PushRefused(
                    "'GasLimit' field cannot be less than the cost of storing a message on chain "
                            + message.gasLimit()
                            + " < "
                            + MessageRules.MIN_GAS
                            + NOTHING_PUBLISHED);
        }
        if (message.gasFeeCap().compareTo(MessageRules.MIN_FEE_CAP) < 0) {
            throw new PushRefused(
                    "gas fee cap too low: "
                            + message.gasFeeCap()
                            + " < "
                            + MessageRules.MIN_FEE_CAP
                            + NOTHING_PUBLISHED);
        }
    }
}
