package io.nelumbo.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.nelumbo.journal.codec.BatchDecoder;
import io.nelumbo.journal.codec.MalformedBatch;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A flyweight over one encoded record. Owned by one thread; makes no garbage while nothing is
 * wrong. Two checks: {@link #wrap} finds damage inside the record, {@link #faultAfter} finds out
 * whether it is the right record at its place.
 */
public final class RecordDecoder {

    private final HashChain hashChain = new HashChain();
    private final CRC32C crc = new CRC32C();
    private final byte[] computedHash = new byte[HashChain.HASH_BYTES];
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer ours = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer theirs = new UnsafeBuffer(0, 0);
    private byte[] array = new byte[0];
    private int offset;
    private int length;

    /** Whether a record may begin with these 4 bytes, read as a little-endian number. */
    public static boolean mayBeginWith(final int firstBytes) {
        return firstBytes == RecordLayout.MAGIC;
    }

    /**
     * Wraps a record and checks its frame and its CRC. Nothing outside the range is read, whatever
     * the bytes are.
     *
     * @return what is wrong, or null; read nothing else from a record that has a fault
     */
    public @Nullable Fault wrap(final byte[] array, final int offset, final int length) {
        Objects.checkFromIndexSize(offset, length, array.length);
        this.array = array;
        this.offset = offset;
        this.length = length;
        buffer.wrap(array, offset, length);
        if (length < RecordLayout.HEADER_BYTES) {
            return new Fault(
                    "a record of at least " + RecordLayout.HEADER_BYTES + " bytes", length + "");
        }
        final int magic = buffer.getInt(RecordLayout.MAGIC_OFFSET, LITTLE_ENDIAN);
        if (magic != RecordLayout.MAGIC) {
            return new Fault("a record's magic NLMJ", "0x" + Integer.toHexString(magic));
        }
        final int payloadBytes = payloadLength();
        if (payloadBytes != length - RecordLayout.HEADER_BYTES) {
            return new Fault(
                    "a payload of " + (length - RecordLayout.HEADER_BYTES) + " bytes",
                    payloadBytes + "");
        }
        final int written = buffer.getInt(RecordLayout.CRC_OFFSET, LITTLE_ENDIAN);
        final int computed = RecordEncoder.crcOf(crc, array, offset, length);
        if (written != computed) {
            return new Fault(
                    "CRC32C 0x" + Integer.toHexString(computed),
                    "0x" + Integer.toHexString(written));
        }
        return versionFault();
    }

    /** Wraps a record that an encoder just made, without checking it. */
    public void wrapTrusted(final byte[] array, final int length) {
        this.array = array;
        this.offset = 0;
        this.length = length;
        buffer.wrap(array, 0, length);
    }

    /** After the CRC: a sound record of another format is not damage but a newer version's work. */
    private @Nullable Fault versionFault() {
        final int version =
                Short.toUnsignedInt(
                        buffer.getShort(RecordLayout.FORMAT_VERSION_OFFSET, LITTLE_ENDIAN));
        if (version != RecordLayout.FORMAT_VERSION) {
            return new Fault("record format 1; upgrade this program", "format " + version);
        }
        return null;
    }

    /**
     * Checks that this record continues a journal: previous hash, hash, order of Raft terms and
     * indices, sequence, and time.
     *
     * @return what is wrong, or null
     */
    public @Nullable Fault faultAfter(final JournalPosition previous) {
        final Fault disorder =
                Order.faultAfter(previous, raftTerm(), raftIndex(), firstSequence(), timestampNs());
        if (disorder != null) {
            return disorder;
        }
        if (!hashEquals(RecordLayout.PREVIOUS_HASH_OFFSET, previous.hash())) {
            return new Fault(
                    "previous hash " + HexFormat.of().formatHex(previous.hash()),
                    HexFormat.of().formatHex(hashAt(RecordLayout.PREVIOUS_HASH_OFFSET)));
        }
        hashChain.hashOf(array, offset, length, computedHash);
        if (!hashEquals(RecordLayout.HASH_OFFSET, computedHash)) {
            return new Fault(
                    "hash " + HexFormat.of().formatHex(computedHash),
                    HexFormat.of().formatHex(hashAt(RecordLayout.HASH_OFFSET)));
        }
        return null;
    }

    /**
     * Checks that the payload is a batch, and the batch that the header describes.
     *
     * @param batch used for it, and left on a copy of the payload
     * @return what is wrong, or null
     * @throws io.nelumbo.journal.codec.UnknownEvent if a newer version wrote the batch
     */
    public @Nullable Fault payloadFault(final BatchDecoder batch) {
        final byte[] payload = payload();
        try {
            batch.wrap(new UnsafeBuffer(payload), 0, payload.length);
        } catch (final MalformedBatch malformed) {
            return new Fault("a batch as payload", "malformed: " + malformed.getMessage());
        }
        if (batch.epoch() != epoch()
                || batch.firstSequence() != firstSequence()
                || batch.timestampNs() != timestampNs()
                || batch.count() != count()) {
            return new Fault("the header's epoch, sequence, time and count", "another batch's");
        }
        return null;
    }

    /** Raft term of the entry that carried the batch. */
    public long raftTerm() {
        return buffer.getLong(RecordLayout.RAFT_TERM_OFFSET, LITTLE_ENDIAN);
    }

    /** Raft index of the entry that carried the batch. */
    public long raftIndex() {
        return buffer.getLong(RecordLayout.RAFT_INDEX_OFFSET, LITTLE_ENDIAN);
    }

    /** Epoch of the batch. */
    public long epoch() {
        return buffer.getLong(RecordLayout.EPOCH_OFFSET, LITTLE_ENDIAN);
    }

    /** Sequence of the batch's first event. */
    public long firstSequence() {
        return buffer.getLong(RecordLayout.FIRST_SEQUENCE_OFFSET, LITTLE_ENDIAN);
    }

    /** Number of events in the batch. */
    public int count() {
        return buffer.getInt(RecordLayout.COUNT_OFFSET, LITTLE_ENDIAN);
    }

    /** Timestamp of the batch, nanoseconds since 1970 UTC. */
    public long timestampNs() {
        return buffer.getLong(RecordLayout.TIMESTAMP_NS_OFFSET, LITTLE_ENDIAN);
    }

    /** Whether the payload is exactly this batch. */
    public boolean hasPayload(final DirectBuffer batch, final int at, final int bytes) {
        if (bytes != payloadLength()) {
            return false;
        }
        // A start compares all that the Raft log brings again, before anything is compiled: byte
        // by byte, through checked accessors, that alone took a fifth of it.
        ours.wrap(buffer, RecordLayout.HEADER_BYTES, bytes);
        theirs.wrap(batch, at, bytes);
        return ours.equals(theirs);
    }

    /** A copy of the payload, the encoded batch. */
    public byte[] payload() {
        return copy(RecordLayout.HEADER_BYTES, payloadLength());
    }

    /** A copy of the whole record. */
    public byte[] toBytes() {
        return copy(0, length);
    }

    /** The journal's position just after this record. */
    public JournalPosition position() {
        return new JournalPosition(
                raftTerm(),
                raftIndex(),
                firstSequence() + count(),
                timestampNs(),
                hashAt(RecordLayout.HASH_OFFSET));
    }

    /**
     * A position that this record continues, made from the record alone: the earlier record's
     * sequence and hash are in it, its Raft term, Raft index and time are only bounded by it.
     */
    public JournalPosition positionBefore() {
        return new JournalPosition(
                raftTerm(),
                raftIndex() - 1,
                firstSequence(),
                timestampNs() - 1,
                hashAt(RecordLayout.PREVIOUS_HASH_OFFSET));
    }

    /** The record as an object, for tools. */
    public JournalRecord toRecord() {
        return new JournalRecord(
                raftTerm(),
                raftIndex(),
                epoch(),
                firstSequence(),
                count(),
                timestampNs(),
                hashAt(RecordLayout.PREVIOUS_HASH_OFFSET),
                hashAt(RecordLayout.HASH_OFFSET),
                payload());
    }

    private int payloadLength() {
        return buffer.getInt(RecordLayout.PAYLOAD_BYTES_OFFSET, LITTLE_ENDIAN);
    }

    private boolean hashEquals(final int at, final byte[] expected) {
        return Arrays.equals(
                array,
                offset + at,
                offset + at + HashChain.HASH_BYTES,
                expected,
                0,
                HashChain.HASH_BYTES);
    }

    private byte[] hashAt(final int at) {
        return copy(at, HashChain.HASH_BYTES);
    }

    private byte[] copy(final int at, final int bytes) {
        return Arrays.copyOfRange(array, offset + at, offset + at + bytes);
    }
}
