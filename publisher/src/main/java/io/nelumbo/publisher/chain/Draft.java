package io.nelumbo.publisher.chain;

/**
 * A message that is complete but for its nonce and signature, bound to the key that will sign it.
 * Immutable; any thread may sign.
 */
public interface Draft {

    /** Whose nonce it takes. */
    Address sender();

    /** First 8 bytes of the SHA-256 of the signing public key. */
    byte[] signerKeyId();

    /** Signs at a nonce; deterministic: the same nonce gives the same bytes. Does not throw. */
    Signing sign(long nonce);
}
