package io.nelumbo.publisher.api.push;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.nelumbo.journal.event.RequestId;
import java.nio.ByteBuffer;

/**
 * The request ids of a batch's messages: each its own, and the same ones whenever the batch is sent
 * again. (Lotus let a batch share one spec, so that one id made all messages collapse into the
 * first.)
 */
final class BatchRequestIds {
    private static final byte[] DOMAIN = "nelumbo batch".getBytes(US_ASCII);
    private static final long VERSION_8 = 0x8000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private BatchRequestIds() {}

    /** A UUID of version 8 out of SHA-256(domain, batch id, index). */
    static RequestId of(final RequestId batchId, final int index) {
        final ByteBuffer name =
                ByteBuffer.allocate(DOMAIN.length + 2 * Long.BYTES + Integer.BYTES)
                        .put(DOMAIN)
                        .putLong(batchId.high())
                        .putLong(batchId.low())
                        .putInt(index);
        final ByteBuffer digest = ByteBuffer.wrap(Digests.sha256(name.array()));
        return new RequestId(
                (digest.getLong() & ~0xf000L) | VERSION_8,
                (digest.getLong() & ~0xc000_0000_0000_0000L) | VARIANT);
    }
}
