package io.nelumbo.statemachine.snapshot;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What a snapshot looks like. All numbers are little-endian:
 *
 * <ol>
 *   <li>8 bytes {@code NELUMBO\n}, then the format version (int)
 *   <li>Raft term and index of the last entry (long each)
 *   <li>journal position: Raft term, Raft index, next sequence, timestamp (long each), hash (32)
 *   <li>the ledger, as its {@code writeTo} writes it: every count and length precedes what it
 *       counts
 *   <li>SHA-256 of all the bytes before (32), and nothing after
 * </ol>
 *
 * <p>A change of any of it, the ledger's part included, needs a new format version. Stateless.
 */
final class SnapshotFormat {

    static final long MAGIC = 0x0A4F424D554C454EL;
    static final int VERSION = 2;
    static final int HASH_BYTES = 32;

    private SnapshotFormat() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("expected SHA-256 in every Java runtime", e);
        }
    }
}
