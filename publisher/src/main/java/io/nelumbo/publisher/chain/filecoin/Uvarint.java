package io.nelumbo.publisher.chain.filecoin;

import java.util.Arrays;

/**
 * Unsigned varints as multiformats specifies them: seven bits per byte, lowest first, shortest form
 * only, below 2^63.
 */
final class Uvarint {
    static final int MAX_BYTES = 9;

    private Uvarint() {}

    static byte[] encode(final long value) {
        if (value < 0) {
            throw new IllegalArgumentException("expected a value below 2^63 but was negative");
        }
        final byte[] bytes = new byte[MAX_BYTES];
        int length = 0;
        long rest = value;
        while (rest > 0x7f) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
        return Arrays.copyOf(bytes, length);
    }

    /** How many bytes the varint at a position takes; throws if there is none. */
    static int length(final String where, final byte[] bytes, final int from) {
        int length = 0;
        while (from + length < bytes.length && length < MAX_BYTES) {
            final byte b = bytes[from + length++];
            if (b >= 0) {
                if (b == 0 && length > 1) {
                    throw new MalformedValue(where + ": expected the shortest form of a varint");
                }
                return length;
            }
        }
        throw MalformedValue.expected(
                where, "a varint of at most 9 bytes", (bytes.length - from) + " bytes without end");
    }

    /** The value of a varint whose length is known. */
    static long value(final byte[] bytes, final int from, final int length) {
        long value = 0;
        for (int i = 0; i < length; i++) {
            value |= (long) (bytes[from + i] & 0x7f) << (7 * i);
        }
        return value;
    }
}
