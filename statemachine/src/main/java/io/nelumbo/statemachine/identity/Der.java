package io.nelumbo.statemachine.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The few of DER's forms that a certificate is made of: each a tag, the length of what it wraps,
 * and that. Stateless.
 *
 * <p>Source: ITU-T X.690; times as RFC 5280 wants them, 4.1.2.5.
 */
final class Der {
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int UTC_TIME = 0x17;
    private static final int GENERALIZED_TIME = 0x18;
    private static final int SEQUENCE = 0x30;
    private static final int EXPLICIT = 0xa0;

    /** From here on two digits do not tell the year. */
    private static final int FIRST_YEAR_OF_FOUR_DIGITS = 2050;

    private static final int MAX_SHORT_LENGTH = 0x7f;
    private static final int LENGTH_OF_ONE_BYTE = 0x81;
    private static final int LENGTH_OF_TWO_BYTES = 0x82;

    private Der() {}

    static byte[] sequence(final byte[]... parts) {
        return wrapped(SEQUENCE, parts);
    }

    /** A value behind a number of its own, which says what it is. */
    static byte[] explicit(final int number, final byte[] value) {
        return wrapped(EXPLICIT | number, value);
    }

    /** A number of 0 to 127. */
    static byte[] integer(final int value) {
        return wrapped(INTEGER, new byte[] {(byte) value});
    }

    /** Whole bytes; a bit string says first how many bits of its last byte do not count. */
    static byte[] bitString(final byte[] value) {
        return wrapped(BIT_STRING, new byte[] {0}, value);
    }

    /** A moment, to the second. */
    static byte[] time(final Instant moment) {
        return moment.atOffset(ZoneOffset.UTC).getYear() < FIRST_YEAR_OF_FOUR_DIGITS
                ? wrapped(UTC_TIME, text("yyMMddHHmmss'Z'", moment))
                : wrapped(GENERALIZED_TIME, text("uuuuMMddHHmmss'Z'", moment));
    }

    private static byte[] text(final String pattern, final Instant moment) {
        return DateTimeFormatter.ofPattern(pattern)
                .withZone(ZoneOffset.UTC)
                .format(moment)
                .getBytes(US_ASCII);
    }

    private static byte[] wrapped(final int tag, final byte[]... parts) {
        int length = 0;
        for (final byte[] part : parts) {
            length += part.length;
        }
        final ByteArrayOutputStream out = new ByteArrayOutputStream(length + 4);
        out.write(tag);
        if (length > 0xff) {
            out.write(LENGTH_OF_TWO_BYTES);
            out.write(length >> Byte.SIZE);
        } else if (length > MAX_SHORT_LENGTH) {
            out.write(LENGTH_OF_ONE_BYTE);
        }
        out.write(length);
        for (final byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
