package io.nelumbo.publisher.chain.filecoin;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Reads what {@link CborWriter} writes, and nothing else: each value has one encoding, and lengths
 * are checked against what is there before anything is allocated. Complaints name the field and its
 * position. Owned by the thread that made it.
 */
final class CborReader {
    /** Sign byte included, as the chain's own nodes bound it. */
    static final int MAX_BIG_INTEGER_BYTES = 128;

    private final String where;
    private final byte[] bytes;
    private int position;

    CborReader(final String where, final byte[] bytes) {
        this.where = where;
        this.bytes = bytes;
    }

    void array(final int elements) {
        final long actual = head(CborWriter.ARRAY, "an array of " + elements);
        if (actual != elements) {
            throw complaint("an array of " + elements, "an array of " + actual);
        }
    }

    long unsigned(final String field) {
        return head(CborWriter.UNSIGNED, field + " as an unsigned number");
    }

    long signed(final String field) {
        final String expected = field + " as a signed 64-bit number";
        final boolean negative = position < bytes.length && majorType() == CborWriter.NEGATIVE;
        final long argument = head(negative ? CborWriter.NEGATIVE : CborWriter.UNSIGNED, expected);
        if (argument < 0) {
            throw complaint(expected, "a greater one");
        }
        return negative ? ~argument : argument;
    }

    byte[] bytes(final String field, final int maxBytes) {
        final String expected = field + " as at most " + maxBytes + " bytes";
        final long length = head(CborWriter.BYTES, expected);
        if (length < 0 || length > maxBytes) {
            throw complaint(expected, Long.toUnsignedString(length) + " bytes");
        }
        if (length > bytes.length - position) {
            throw complaint(
                    expected + ", " + length + " of them", (bytes.length - position) + " bytes");
        }
        position += (int) length;
        return Arrays.copyOfRange(bytes, position - (int) length, position);
    }

    BigInteger bigInteger(final String field) {
        final byte[] encoded = bytes(field, MAX_BIG_INTEGER_BYTES);
        if (encoded.length == 0) {
            return BigInteger.ZERO;
        }
        if (encoded[0] != 0 && encoded[0] != 1) {
            throw complaint(field + " with sign 0 or 1", "sign " + (encoded[0] & 0xff));
        }
        if (encoded.length == 1 || encoded[1] == 0) {
            throw complaint(field + " in its shortest form", encoded.length + " bytes");
        }
        return new BigInteger(encoded[0] == 0 ? 1 : -1, encoded, 1, encoded.length - 1);
    }

    /** Where the next value starts. */
    int position() {
        return position;
    }

    void end() {
        if (position != bytes.length) {
            throw complaint("the end", (bytes.length - position) + " more bytes");
        }
    }

    private int majorType() {
        return (bytes[position] & 0xff) >>> 5;
    }

    private long head(final int majorType, final String expected) {
        if (position >= bytes.length) {
            throw complaint(expected, "the end");
        }
        if (majorType() != majorType) {
            throw complaint(expected, "major type " + majorType());
        }
        final int additional = bytes[position++] & 0x1f;
        if (additional < 24) {
            return additional;
        }
        if (additional > 27) {
            throw complaint(expected, "additional information " + additional);
        }
        return argument(1 << (additional - 24), expected);
    }

    private long argument(final int argumentBytes, final String expected) {
        if (argumentBytes > bytes.length - position) {
            throw complaint(expected, "the end");
        }
        long argument = 0;
        for (int i = 0; i < argumentBytes; i++) {
            argument = (argument << 8) | (bytes[position++] & 0xff);
        }
        final boolean shortest =
                argumentBytes == 1
                        ? argument >= 24
                        : argument >>> (argumentBytes * Byte.SIZE / 2) != 0;
        if (!shortest) {
            throw complaint(expected + " in its shortest form", argumentBytes + " bytes for it");
        }
        return argument;
    }

    private MalformedValue complaint(final String expected, final String actual) {
        return MalformedValue.expected(where, expected, actual + ", at byte " + position);
    }
}
