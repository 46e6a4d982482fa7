package io.nelumbo.journal.codec;

import io.nelumbo.journal.event.Event;
import io.nelumbo.journal.event.EventBatch;
import org.agrona.DirectBuffer;

/** Builds one batch after another in a buffer of its own. Owned by one thread. */
public final class BatchEncoder {

    /**
     * @param maxBatchBytes an encoded batch never exceeds this
     */
    public BatchEncoder(final int maxBatchBytes) {
        throw new UnsupportedOperationException();
    }

    /** Starts a batch; what was in the buffer is gone. */
    public void begin(final long epoch, final long firstSequence, final long timestampNs) {
        throw new UnsupportedOperationException();
    }

    /** Appends any event; false, and nothing changed, if it does not fit. Not for the hot path. */
    public boolean append(final Event event) {
        throw new UnsupportedOperationException();
    }

    /** Appends a message; false, and nothing changed, if it does not fit. No garbage. */
    public boolean appendMessageSequenced(
            final int accountId,
            final long nonce,
            final long requestIdHigh,
            final long requestIdLow,
            final byte[] requestHash,
            final byte[] principal,
            final byte[] signerKeyId,
            final byte[] signedBytes,
            final byte[] hash) {
        throw new UnsupportedOperationException();
    }

    /** Events appended since begin. */
    public int count() {
        throw new UnsupportedOperationException();
    }

    /** Where the batch stands; its bytes begin at 0 and are whole after every append. */
    public DirectBuffer buffer() {
        throw new UnsupportedOperationException();
    }

    /** Encoded length in bytes. */
    public int length() {
        throw new UnsupportedOperationException();
    }

    /** The encoded form of a whole batch: for tools and tests. */
    public static byte[] encode(final EventBatch batch) {
        throw new UnsupportedOperationException();
    }
}
