package io.nelumbo.journal.codec;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.nelumbo.journal.sbe.BatchHeaderDecoder;
import io.nelumbo.journal.sbe.MessageHeaderDecoder;
import org.agrona.DirectBuffer;

/**
 * How events lie in a batch, and the checks that no byte outside the batch is ever read. Stateless.
 *
 * <pre>
 * messageHeader (8) | BatchHeader (28) | count × [ uint32 length | messageHeader (8) | event ]
 * </pre>
 *
 * <p>An event's length counts its messageHeader and its body, not the length field itself.
 */
final class BatchFrame {

    static final int SCHEMA_ID = BatchHeaderDecoder.SCHEMA_ID;
    static final int SCHEMA_VERSION = BatchHeaderDecoder.SCHEMA_VERSION;
    static final int MESSAGE_HEADER_BYTES = MessageHeaderDecoder.ENCODED_LENGTH;
    static final int EVENT_LENGTH_BYTES = Integer.BYTES;
    static final int FIRST_EVENT_OFFSET = MESSAGE_HEADER_BYTES + BatchHeaderDecoder.BLOCK_LENGTH;

    private static final int SCHEMA_VERSION_FIRST = 1;

    private BatchFrame() {}

    /**
     * Checks a batch from its first byte to its last.
     *
     * @throws MalformedBatch if the bytes are not a batch in any version
     * @throws UnknownEvent if a newer version may have written them
     */
    static void check(final DirectBuffer buffer, final int offset, final int length) {
        if (length < FIRST_EVENT_OFFSET) {
            throw new MalformedBatch(
                    "expected a batch header of "
                            + FIRST_EVENT_OFFSET
                            + " bytes but the batch has "
                            + length);
        }
        checkVersion(buffer, offset, 0);
        final int templateId = templateId(buffer, offset);
        if (templateId != BatchHeaderDecoder.TEMPLATE_ID) {
            throw new MalformedBatch("expected a batch header but was template " + templateId);
        }
        checkBlockLength(buffer, offset, 0, BatchHeaderDecoder.BLOCK_LENGTH);
        checkEvents(buffer, offset, length);
    }

    private static void checkEvents(final DirectBuffer buffer, final int offset, final int length) {
        final long count = count(buffer, offset);
        if (count == 0) {
            throw new MalformedBatch("expected at least one event but the count is 0");
        }
        // Every round consumes at least a message header, so a false count cannot keep us here.
        int at = FIRST_EVENT_OFFSET;
        for (long n = 0; n < count; n++) {
            final int room = length - at - EVENT_LENGTH_BYTES;
            if (room < MESSAGE_HEADER_BYTES) {
                throw new MalformedBatch(
                        "expected " + count + " events but the batch ends after " + n);
            }
            final long eventBytes = uint32(buffer, offset + at);
            if (eventBytes < MESSAGE_HEADER_BYTES || eventBytes > room) {
                throw new MalformedBatch(
                        "expected event "
                                + n
                                + " at "
                                + at
                                + " to have 8 to "
                                + room
                                + " bytes but its length says "
                                + eventBytes);
            }
            final int header = at + EVENT_LENGTH_BYTES;
            checkVersion(buffer, offset + header, header);
            EventFrame.check(buffer, offset + header, (int) eventBytes, header);
            at = header + (int) eventBytes;
        }
        if (at != length) {
            throw new MalformedBatch(
                    "expected " + count + " events to end at " + length + " but they end at " + at);
        }
    }

    private static void checkVersion(
            final DirectBuffer buffer, final int offset, final int position) {
        final int schemaId = uint16(buffer, offset + MessageHeaderDecoder.schemaIdEncodingOffset());
        if (schemaId != SCHEMA_ID) {
            throw new MalformedBatch(
                    "expected schema " + SCHEMA_ID + " at " + position + " but was " + schemaId);
        }
        final int version = uint16(buffer, offset + MessageHeaderDecoder.versionEncodingOffset());
        if (version > SCHEMA_VERSION) {
            throw new UnknownEvent(
                    "expected schema version up to "
                            + SCHEMA_VERSION
                            + " at "
                            + position
                            + " but was "
                            + version
                            + "; upgrade this node");
        }
        if (version < SCHEMA_VERSION_FIRST) {
            throw new MalformedBatch(
                    "expected schema version from "
                            + SCHEMA_VERSION_FIRST
                            + " at "
                            + position
                            + " but was "
                            + version);
        }
    }

    /** A known version has one block length: a second encoding of one fact is refused. */
    static void checkBlockLength(
            final DirectBuffer buffer, final int offset, final int position, final int expected) {
        final int blockLength =
                uint16(buffer, offset + MessageHeaderDecoder.blockLengthEncodingOffset());
        if (blockLength != expected) {
            throw new MalformedBatch(
                    "expected block length "
                            + expected
                            + " at "
                            + position
                            + " but was "
                            + blockLength);
        }
    }

    static int templateId(final DirectBuffer buffer, final int offset) {
        return uint16(buffer, offset + MessageHeaderDecoder.templateIdEncodingOffset());
    }

    static long count(final DirectBuffer buffer, final int offset) {
        return uint32(
                buffer, offset + MESSAGE_HEADER_BYTES + BatchHeaderDecoder.countEncodingOffset());
    }

    static long uint32(final DirectBuffer buffer, final int offset) {
        return Integer.toUnsignedLong(buffer.getInt(offset, LITTLE_ENDIAN));
    }

    private static int uint16(final DirectBuffer buffer, final int offset) {
        return Short.toUnsignedInt(buffer.getShort(offset, LITTLE_ENDIAN));
    }
}
