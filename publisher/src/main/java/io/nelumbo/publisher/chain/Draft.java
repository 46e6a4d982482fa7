package io.nelumbo.publisher.chain;

import java.util.OptionalLong;

/**
 * A message on its way to a nonce: either complete but for nonce and signature, and bound to the
 * key that will sign it, or signed already by somebody else, and then good for one nonce only.
 * Immutable; any thread may sign.
 */
public interface Draft {

    /** Whose nonce it takes. */
    Address sender();

    /** First 8 bytes of the SHA-256 of the signing public key. */
    byte[] signerKeyId();

    /** The one nonce at which it can be published, because it is signed; empty if any will do. */
    default OptionalLong fixedNonce() {
        return OptionalLong.empty();
    }

    /**
     * Signs at a nonce; deterministic: the same nonce gives the same bytes. Does not throw. With a
     * fixed nonce, any other one is {@link Signing.Failed}.
     */
    Signing sign(long nonce);
}
