package io.nelumbo.publisher.chain.filecoin;

import org.bouncycastle.crypto.digests.KeccakDigest;

/** Keccak-256 as Ethereum uses it, which is older than SHA-3 and pads otherwise. Any thread. */
final class Keccak {
    private static final int HASH_BYTES = 32;

    private Keccak() {}

    static byte[] hash256(final byte[] input) {
        final KeccakDigest digest = new KeccakDigest(HASH_BYTES * Byte.SIZE);
        digest.update(input, 0, input.length);
        final byte[] output = new byte[HASH_BYTES];
        digest.doFinal(output, 0);
        return output;
    }
}
