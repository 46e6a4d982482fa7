package io.nelumbo.statemachine.raft;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts the entry that a killed process was writing off the open segment of the Raft log. Ratis
 * fills a segment with zeros before it writes into it, so it takes a half-written entry for a
 * corrupt one and refuses to start. Owned by the starting thread.
 *
 * <p>An entry is cut only if it can never have been forced, hence never acknowledged: its write
 * ended at a page boundary inside it, and from there on, its checksum included, there is nothing
 * but zeros to the end of the file. A kernel stops a killed process's write between pages. Anything
 * else is left to Ratis, which refuses it. What is cut is kept in a file beside the log.
 *
 * <p>Segment format (Ratis 3.3.0, SegmentedRaftLogFormat and SegmentedRaftLogOutputStream): 8 bytes
 * {@code RaftLog1}, then per entry a varint length, so many bytes (a LogEntryProto), and the
 * big-endian CRC32C of both.
 */
final class TornTail {

    private static final Logger LOG = LoggerFactory.getLogger(TornTail.class);
    private static final String OPEN_SEGMENT = "log_inprogress_";
    private static final int HEADER_BYTES = 8;
    private static final int CHECKSUM_BYTES = Integer.BYTES;
    private static final int PAGE_BYTES = 4096;
    private static final int MAX_NUMBER_FIELDS = 3;
    private static final int WIRE_TYPE_MASK = 7;
    private static final int WIRE_TYPE_BYTES = 2;

    private TornTail() {}

    /** Looks at the open segment in a storage folder, if there is one. */
    static void cut(final Path storage) throws IOException {
        final Path current = storage.resolve("current");
        final List<Path> open;
        try (Stream<Path> files = Files.list(current)) {
            open =
                    files.filter(file -> file.getFileName().toString().startsWith(OPEN_SEGMENT))
                            .toList();
        }
        for (final Path segment : open) {
            final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(segment));
            final OptionalInt torn = tornEntry(bytes);
            if (torn.isPresent()) {
                cutAt(segment, torn.getAsInt(), bytes);
            }
        }
    }

    private static void cutAt(final Path segment, final int position, final ByteBuffer bytes)
            throws IOException {
        final byte[] tail = new byte[endOfData(bytes) - position];
        bytes.get(position, tail);
        final Path aside =
                segment.resolveSibling("torn-" + position + "-of-" + segment.getFileName());
        DurableFile.write(aside, tail);
        try (FileChannel channel = FileChannel.open(segment, READ, WRITE)) {
            channel.truncate(position);
            channel.force(true);
        }
        LOG.warn(
                "{}: the process ended while it wrote the entry at {}, which was never acknowledged;"
                        + " its {} bytes are kept in {}",
                segment,
                position,
                tail.length,
                aside);
    }

    /** Where the half-written last entry begins; empty if the segment ends well, or is corrupt. */
    static OptionalInt tornEntry(final ByteBuffer bytes) {
        final int end = endOfData(bytes);
        int at = HEADER_BYTES;
        while (at < end) {
            final int entryEnd = entryEnd(bytes, at);
            if (entryEnd < 0 || entryEnd > bytes.capacity()) {
                return OptionalInt.empty();
            }
            if (!checksumMatches(bytes, at, entryEnd)) {
                final boolean torn =
                        isTorn(end, at, entryEnd) && innerLengthAgrees(bytes, at, entryEnd);
                return torn ? OptionalInt.of(at) : OptionalInt.empty();
            }
            at = entryEnd;
        }
        return OptionalInt.empty();
    }

    /** The data ends in a page that begins inside the entry or holds its begin, before the sum. */
    private static boolean isTorn(final int end, final int at, final int entryEnd) {
        final int boundary = (end + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
        return at < boundary && boundary <= entryEnd - CHECKSUM_BYTES;
    }

    private static int endOfData(final ByteBuffer bytes) {
        int end = bytes.capacity();
        while (end > 0 && bytes.get(end - 1) == 0) {
            end--;
        }
        return end;
    }

    private static int entryEnd(final ByteBuffer bytes, final int at) {
        final ByteBuffer in = bytes.duplicate().position(at);
        final long length = varint(in);
        final long end = in.position() + length + CHECKSUM_BYTES;
        return length > 0 && end <= Integer.MAX_VALUE ? (int) end : -1;
    }

    /**
     * An entry is a protobuf message: numbers (term and index), then one field with a length of its
     * own, which fills the rest. Were the outer length damaged, the two would not agree, and whole
     * entries could be mistaken for the rest of a torn one.
     */
    private static boolean innerLengthAgrees(
            final ByteBuffer bytes, final int at, final int entryEnd) {
        final ByteBuffer in = bytes.duplicate().position(at);
        varint(in);
        for (int field = 0; field < MAX_NUMBER_FIELDS; field++) {
            final long tag = varint(in);
            final long value = varint(in);
            if ((tag & WIRE_TYPE_MASK) == WIRE_TYPE_BYTES) {
                return in.position() + value == entryEnd - CHECKSUM_BYTES;
            }
        }
        return false;
    }

    /** Reads a protobuf varint; -1 if there is none. */
    private static long varint(final ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE && in.hasRemaining(); shift += 7) {
            final byte next = in.get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        return -1;
    }

    private static boolean checksumMatches(
            final ByteBuffer bytes, final int at, final int entryEnd) {
        final CRC32C checksum = new CRC32C();
        checksum.update(bytes.slice(at, entryEnd - CHECKSUM_BYTES - at));
        return (int) checksum.getValue() == bytes.getInt(entryEnd - CHECKSUM_BYTES);
    }
}
