package io.nelumbo.statemachine.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/**
 * Owned by the thread that reads. A stream that ends with the SHA-256 of everything before it, read
 * in chunks.
 */
final class VerifiedInput {

    private static final int CHUNK_BYTES = 16 * 1024;

    private final InputStream in;
    private final MessageDigest sha256 = SnapshotFormat.sha256();
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private int filled;
    private int used;

    VerifiedInput(final InputStream in) {
        this.in = in;
    }

    /** Reads exactly so many bytes, or throws SnapshotFailure. */
    void read(final byte[] into, final int offset, final int length) {
        int done = 0;
        while (done < length) {
            if (used == filled && !refill()) {
                throw new SnapshotDamaged("expected more of a snapshot but it ends early");
            }
            final int piece = Math.min(length - done, filled - used);
            System.arraycopy(chunk, used, into, offset + done, piece);
            used += piece;
            done += piece;
        }
    }

    /** Checks that what follows is the checksum of what was read, and the end. */
    void verifyEnd() {
        sha256.update(chunk, 0, used);
        final byte[] expected = sha256.digest();
        final byte[] found = new byte[SnapshotFormat.HASH_BYTES];
        read(found, 0, found.length);
        if (!MessageDigest.isEqual(expected, found)) {
            throw new SnapshotDamaged("expected the snapshot's SHA-256 to match but it differs");
        }
        if (used < filled || refill()) {
            throw new SnapshotDamaged("expected the end of the snapshot but more follows");
        }
    }

    private boolean refill() {
        sha256.update(chunk, 0, filled);
        used = 0;
        filled = 0;
        try {
            filled = Math.max(0, in.read(chunk, 0, chunk.length));
        } catch (final IOException e) {
            throw new SnapshotStreamFailed("expected to read a snapshot but the stream failed", e);
        }
        return filled > 0;
    }
}
