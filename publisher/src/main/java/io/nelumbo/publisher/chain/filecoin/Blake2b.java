package io.nelumbo.publisher.chain.filecoin;

import org.bouncycastle.crypto.digests.Blake2bDigest;

/** BLAKE2b (RFC 7693) without a key, in the lengths that Filecoin uses. Any thread. */
final class Blake2b {
    private static final int CHECKSUM_BYTES = 4;
    private static final int ADDRESS_BYTES = 20;
    private static final int CID_BYTES = 32;

    private Blake2b() {}

    /** 4 bytes: the checksum in an address's text. */
    static byte[] checksum(final byte[] input) {
        return digest(input, CHECKSUM_BYTES);
    }

    /** 20 bytes: the payload of a secp256k1 or actor address. */
    static byte[] hash160(final byte[] input) {
        return digest(input, ADDRESS_BYTES);
    }

    /** 32 bytes: the digest in a CID, and what secp256k1 keys sign. */
    static byte[] hash256(final byte[] input) {
        return digest(input, CID_BYTES);
    }

    private static byte[] digest(final byte[] input, final int outputBytes) {
        final Blake2bDigest digest = new Blake2bDigest(outputBytes * Byte.SIZE);
        digest.update(input, 0, input.length);
        final byte[] output = new byte[outputBytes];
        digest.doFinal(output, 0);
        return output;
    }
}
