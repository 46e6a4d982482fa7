package io.nelumbo.publisher.chain.filecoin;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** What a key is called in the journal: the first 8 bytes of the SHA-256 of its public key. */
final class KeyId {
    private static final int BYTES = 8;

    private KeyId() {}

    static byte[] of(final byte[] publicKey) {
        try {
            final byte[] digest = MessageDigest.getInstance("SHA-256").digest(publicKey);
            return Arrays.copyOf(digest, BYTES);
        } catch (final NoSuchAlgorithmException impossible) {
            throw new AssertionError("every JDK has SHA-256", impossible);
        }
    }
}
