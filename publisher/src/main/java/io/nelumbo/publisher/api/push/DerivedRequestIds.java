package io.nelumbo.publisher.api.push;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.nelumbo.journal.event.RequestId;
import java.nio.ByteBuffer;

/**
 * Request ids that follow from what is asked for, so that whoever asks again, through whichever
 * node, asks under the same one (I4). Each kind is a domain of its own.
 */
final class DerivedRequestIds {
    private static final byte[] BATCH = "nelumbo batch".getBytes(US_ASCII);
    private static final byte[] SIGNED_MESSAGE = "nelumbo signed message".getBytes(US_ASCII);
    private static final long VERSION_8 = 0x8000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private DerivedRequestIds() {}

    /**
     * Of a batch's messages each has its own. (Lotus let a batch share one spec, so that one id
     * made all messages collapse into the first.)
     */
    static RequestId inBatch(final RequestId batchId, final int index) {
        return uuid(
                ByteBuffer.allocate(BATCH.length + 2 * Long.BYTES + Integer.BYTES)
                        .put(BATCH)
                        .putLong(batchId.high())
                        .putLong(batchId.low())
                        .putInt(index)
                        .array());
    }

    /** A message that is signed already needs no other name than its bytes. */
    static RequestId ofSigned(final byte[] signedHash) {
        return uuid(
                ByteBuffer.allocate(SIGNED_MESSAGE.length + signedHash.length)
                        .put(SIGNED_MESSAGE)
                        .put(signedHash)
                        .array());
    }

    /** A UUID of version 8 out of a SHA-256. */
    private static RequestId uuid(final byte[] name) {
        final ByteBuffer digest = ByteBuffer.wrap(Digests.sha256(name));
        return new RequestId(
                (digest.getLong() & ~0xf000L) | VERSION_8,
                (digest.getLong() & ~0xc000_0000_0000_0000L) | VARIANT);
    }
}
