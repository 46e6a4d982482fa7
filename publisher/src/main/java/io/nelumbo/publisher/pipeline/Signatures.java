package io.nelumbo.publisher.pipeline;

import io.nelumbo.publisher.chain.Draft;
import io.nelumbo.publisher.chain.Signing;

/** Signing, with what a draft must not do caught at the door. Stateless. */
final class Signatures {

    private static final int HASH_BYTES = 32;

    private Signatures() {}

    /**
     * Signs a draft at a nonce. A draft that throws, or whose bytes the schema has no room for,
     * fails alone: nobody's malformed message may end everybody's epoch.
     */
    static Signing sign(final Draft draft, final long nonce) {
        try {
            final Signing signing = draft.sign(nonce);
            return signing instanceof Signing.Signed signed ? checked(signed) : signing;
        } catch (final RuntimeException e) {
            return new Signing.Failed("signing threw " + e);
        }
    }

    private static Signing checked(final Signing.Signed signed) {
        if (signed.hash().length != HASH_BYTES) {
            return new Signing.Failed(
                    "expected a hash of 32 bytes but was " + signed.hash().length);
        }
        return signed.bytes().length == 0
                ? new Signing.Failed("expected a signed message but there are no bytes")
                : signed;
    }
}
