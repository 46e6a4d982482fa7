package io.nelumbo.journal;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Links each record to the one before it. Owned by one thread; no garbage.
 *
 * <pre>
 * hash(0)   = SHA-256(previous = genesis hash   ‖ header fields ‖ payload)
 * hash(n+1) = SHA-256(previous = hash(n)        ‖ header fields ‖ payload)
 * </pre>
 *
 * <p>The header fields are the first 56 bytes of the record (see {@code RecordLayout}). Whoever
 * knows one hash can verify everything before it, and two journals with the same last hash are the
 * same, record for record (I7).
 */
public final class HashChain {

    /** The genesis hash is the SHA-256 of this text, in UTF-8: the previous hash of record 0. */
    public static final String GENESIS_TEXT = "nelumbo journal, record format 1, genesis";

    /** Length of a hash. */
    public static final int HASH_BYTES = 32;

    private final MessageDigest sha256 = sha256();

    /** A new copy of the genesis hash. */
    public static byte[] genesis() {
        return sha256().digest(GENESIS_TEXT.getBytes(StandardCharsets.UTF_8));
    }

    /** Computes the hash of an encoded record into {@code hash}, from 0. */
    void hashOf(final byte[] record, final int offset, final int length, final byte[] hash) {
        sha256.update(record, offset + RecordLayout.PREVIOUS_HASH_OFFSET, HASH_BYTES);
        sha256.update(record, offset, RecordLayout.HASHED_HEADER_BYTES);
        sha256.update(
                record, offset + RecordLayout.HEADER_BYTES, length - RecordLayout.HEADER_BYTES);
        try {
            sha256.digest(hash, 0, HASH_BYTES);
        } catch (final DigestException tooShort) {
            throw new IllegalArgumentException("expected room for a hash", tooShort);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException missing) {
            throw new IllegalStateException("expected a JDK with SHA-256", missing);
        }
    }
}
