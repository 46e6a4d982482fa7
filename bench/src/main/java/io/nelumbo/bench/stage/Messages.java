package io.nelumbo.bench.stage;

import io.nelumbo.journal.codec.BatchEncoder;
import java.util.Random;

/** Messages as a benchmark needs them: made once, of one size, the same in every run. */
final class Messages {

    private static final int HASH_BYTES = 32;
    private static final int DIGEST_PREFIX_BYTES = 8;

    private final byte[] requestHash;
    private final byte[] principal;
    private final byte[] signerKeyId;
    private final byte[] signedBytes;
    private final byte[] hash;

    /**
     * @param signedBytes length of each signed message
     */
    Messages(final int signedBytes) {
        final Random random = new Random(1);
        requestHash = bytes(random, HASH_BYTES);
        principal = bytes(random, DIGEST_PREFIX_BYTES);
        signerKeyId = bytes(random, DIGEST_PREFIX_BYTES);
        this.signedBytes = bytes(random, signedBytes);
        hash = bytes(random, HASH_BYTES);
    }

    /** Encodes one batch of messages; the encoder must have room for them. */
    void encode(
            final BatchEncoder encoder,
            final int count,
            final long firstSequence,
            final long timestampNs) {
        encoder.begin(1, firstSequence, timestampNs);
        for (int n = 0; n < count; n++) {
            final long nonce = firstSequence + n;
            if (!encoder.appendMessageSequenced(
                    0, nonce, nonce, n, requestHash, principal, signerKeyId, signedBytes, hash)) {
                throw new IllegalStateException("expected room for " + count + " messages");
            }
        }
    }

    private static byte[] bytes(final Random random, final int length) {
        final byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
