package io.nelumbo.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.nelumbo.journal.codec.BatchDecoder;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Builds one record after another in a byte array of its own (see {@code RecordLayout}). Owned by
 * one thread; garbage only when a record is longer than any before.
 */
public final class RecordEncoder {

    private static final int INITIAL_BYTES = 64 * 1024;

    private final HashChain hashChain = new HashChain();
    private final CRC32C crc = new CRC32C();
    private final byte[] hash = new byte[HashChain.HASH_BYTES];
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[INITIAL_BYTES]);
    private int length;

    /**
     * Encodes the record of a batch.
     *
     * @param previousHash hash of the record before, or the genesis hash
     * @return the encoded length; the bytes begin at 0 of {@link #array}
     */
    public int encode(
            final long raftTerm,
            final long raftIndex,
            final BatchDecoder batch,
            final byte[] previousHash) {
        length = Math.addExact(RecordLayout.HEADER_BYTES, batch.length());
        if (length > buffer.capacity()) {
            buffer.wrap(new byte[Math.max(length, Math.min(2 * buffer.capacity(), 1 << 30))]);
        }
        buffer.putInt(RecordLayout.MAGIC_OFFSET, RecordLayout.MAGIC, LITTLE_ENDIAN);
        buffer.putShort(
                RecordLayout.FORMAT_VERSION_OFFSET, RecordLayout.FORMAT_VERSION, LITTLE_ENDIAN);
        buffer.putShort(
                RecordLayout.HEADER_BYTES_OFFSET, (short) RecordLayout.HEADER_BYTES, LITTLE_ENDIAN);
        buffer.putLong(RecordLayout.RAFT_TERM_OFFSET, raftTerm, LITTLE_ENDIAN);
        buffer.putLong(RecordLayout.RAFT_INDEX_OFFSET, raftIndex, LITTLE_ENDIAN);
        buffer.putLong(RecordLayout.EPOCH_OFFSET, batch.epoch(), LITTLE_ENDIAN);
        buffer.putLong(RecordLayout.FIRST_SEQUENCE_OFFSET, batch.firstSequence(), LITTLE_ENDIAN);
        buffer.putLong(RecordLayout.TIMESTAMP_NS_OFFSET, batch.timestampNs(), LITTLE_ENDIAN);
        buffer.putInt(RecordLayout.COUNT_OFFSET, batch.count(), LITTLE_ENDIAN);
        buffer.putInt(RecordLayout.PAYLOAD_BYTES_OFFSET, batch.length(), LITTLE_ENDIAN);
        buffer.putBytes(RecordLayout.PREVIOUS_HASH_OFFSET, previousHash, 0, HashChain.HASH_BYTES);
        buffer.putBytes(RecordLayout.HEADER_BYTES, batch.buffer(), batch.offset(), batch.length());
        hashChain.hashOf(array(), 0, length, hash);
        buffer.putBytes(RecordLayout.HASH_OFFSET, hash);
        buffer.putInt(RecordLayout.ZERO_OFFSET, 0, LITTLE_ENDIAN);
        buffer.putInt(RecordLayout.CRC_OFFSET, crcOf(crc, array(), 0, length), LITTLE_ENDIAN);
        return length;
    }

    /** The bytes of the last record, from 0. The next call of encode overwrites them. */
    public byte[] array() {
        return buffer.byteArray();
    }

    /** Encoded length of the last record in bytes. */
    public int length() {
        return length;
    }

    static int crcOf(final CRC32C crc, final byte[] record, final int offset, final int length) {
        crc.reset();
        crc.update(record, offset, RecordLayout.CRC_OFFSET);
        crc.update(record, offset + RecordLayout.HEADER_BYTES, length - RecordLayout.HEADER_BYTES);
        return (int) crc.getValue();
    }
}
