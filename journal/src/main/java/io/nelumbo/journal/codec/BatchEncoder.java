package io.nelumbo.journal.codec;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.nelumbo.journal.event.Event;
import io.nelumbo.journal.event.EventBatch;
import io.nelumbo.journal.sbe.BatchHeaderEncoder;
import io.nelumbo.journal.sbe.MessageHeaderEncoder;
import io.nelumbo.journal.sbe.MessageSequencedEncoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Builds one batch after another in a buffer of its own. Owned by one thread. */
public final class BatchEncoder {

    private static final int MESSAGE_SEQUENCED_FIXED_BYTES =
            BatchFrame.MESSAGE_HEADER_BYTES
                    + MessageSequencedEncoder.BLOCK_LENGTH
                    + MessageSequencedEncoder.signedBytesHeaderLength();

    private final int maxBatchBytes;
    private final UnsafeBuffer buffer;
    private final BatchHeaderEncoder batchHeader = new BatchHeaderEncoder();
    private final MessageHeaderEncoder messageHeader = new MessageHeaderEncoder();
    private final MessageSequencedEncoder messageSequenced = new MessageSequencedEncoder();
    private final EventEncoder eventEncoder = new EventEncoder();
    private int length;
    private int count;

    /**
     * @param maxBatchBytes an encoded batch never exceeds this
     */
    public BatchEncoder(final int maxBatchBytes) {
        if (maxBatchBytes < BatchFrame.FIRST_EVENT_OFFSET) {
            throw new IllegalArgumentException(
                    "expected room for a batch header of "
                            + BatchFrame.FIRST_EVENT_OFFSET
                            + " bytes but was "
                            + maxBatchBytes);
        }
        this.maxBatchBytes = maxBatchBytes;
        buffer = new UnsafeBuffer(new byte[maxBatchBytes]);
    }

    /** Starts a batch; what was in the buffer is gone. */
    public void begin(final long epoch, final long firstSequence, final long timestampNs) {
        batchHeader
                .wrapAndApplyHeader(buffer, 0, messageHeader)
                .epoch(epoch)
                .firstSequence(firstSequence)
                .timestampNs(timestampNs)
                .count(0);
        length = BatchFrame.FIRST_EVENT_OFFSET;
        count = 0;
    }

    /**
     * Appends any event; false, and nothing changed, if it does not fit. Not for the hot path.
     *
     * @throws IllegalArgumentException if the schema has no room for a field's value
     */
    public boolean append(final Event event) {
        final int eventBytes = event.accept(eventEncoder);
        if (!fits(eventBytes)) {
            return false;
        }
        buffer.putBytes(
                length + BatchFrame.EVENT_LENGTH_BYTES, eventEncoder.buffer(), 0, eventBytes);
        commit(eventBytes);
        return true;
    }

    /**
     * Appends a message; false, and nothing changed, if it does not fit. No garbage.
     *
     * @param requestHash 32 bytes
     * @param principal 8 bytes
     * @param signerKeyId 8 bytes
     * @param signedBytes at most 1 MiB
     * @param hash 32 bytes
     * @throws IllegalArgumentException if one of them has another length
     */
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
        FieldCheck.variable(signedBytes);
        final int eventBytes = MESSAGE_SEQUENCED_FIXED_BYTES + signedBytes.length;
        if (!fits(eventBytes)) {
            return false;
        }
        messageSequenced
                .wrapAndApplyHeader(buffer, length + BatchFrame.EVENT_LENGTH_BYTES, messageHeader)
                .accountId(FieldCheck.accountId(accountId))
                .nonce(nonce)
                .requestIdHigh(requestIdHigh)
                .requestIdLow(requestIdLow)
                .putRequestHash(FieldCheck.hash(requestHash), 0, FieldCheck.HASH_BYTES)
                .putHash(FieldCheck.hash(hash), 0, FieldCheck.HASH_BYTES)
                .putPrincipal(FieldCheck.digestPrefix(principal), 0, FieldCheck.DIGEST_PREFIX_BYTES)
                .putSignerKeyId(
                        FieldCheck.digestPrefix(signerKeyId), 0, FieldCheck.DIGEST_PREFIX_BYTES)
                .putSignedBytes(signedBytes, 0, signedBytes.length);
        commit(eventBytes);
        return true;
    }

    /** Events appended since begin. */
    public int count() {
        return count;
    }

    /** Where the batch stands; its bytes begin at 0 and are whole after every append. */
    public DirectBuffer buffer() {
        return buffer;
    }

    /** Encoded length in bytes. */
    public int length() {
        return length;
    }

    /** The encoded form of a whole batch: for tools and tests. */
    public static byte[] encode(final EventBatch batch) {
        final EventEncoder sizes = new EventEncoder();
        int bytes = BatchFrame.FIRST_EVENT_OFFSET;
        for (final Event event : batch.events()) {
            bytes = Math.addExact(bytes, BatchFrame.EVENT_LENGTH_BYTES + event.accept(sizes));
        }
        final BatchEncoder encoder = new BatchEncoder(bytes);
        encoder.begin(batch.epoch(), batch.firstSequence(), batch.timestampNs());
        for (final Event event : batch.events()) {
            encoder.append(event);
        }
        return encoder.buffer.byteArray();
    }

    private boolean fits(final int eventBytes) {
        if (length == 0) {
            throw new IllegalStateException("expected begin before append");
        }
        return eventBytes <= maxBatchBytes - length - BatchFrame.EVENT_LENGTH_BYTES;
    }

    /** Until here the bytes behind {@code length} do not belong to the batch. */
    private void commit(final int eventBytes) {
        buffer.putInt(length, eventBytes, LITTLE_ENDIAN);
        length += BatchFrame.EVENT_LENGTH_BYTES + eventBytes;
        count++;
        batchHeader.count(count);
    }
}
