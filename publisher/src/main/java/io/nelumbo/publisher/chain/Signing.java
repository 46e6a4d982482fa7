package io.nelumbo.publisher.chain;

/** What signing came to. */
public sealed interface Signing {

    /**
     * Signed.
     *
     * @param bytes the signed message exactly as it is pushed, at most 64 KiB and a signature
     * @param hash its 32-byte hash on the chain (Filecoin: the digest inside the CID)
     */
    record Signed(byte[] bytes, byte[] hash) implements Signing {}

    /** Not signed; no nonce may be spent on it. */
    record Failed(String reason) implements Signing {}
}
