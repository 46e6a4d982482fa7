package io.nelumbo.publisher.chain.filecoin;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Writes the part of CBOR (RFC 8949) that messages need, in its shortest form. Owned by the thread
 * that made it.
 */
final class CborWriter {
    static final int UNSIGNED = 0;
    static final int NEGATIVE = 1;
    static final int BYTES = 2;
    static final int ARRAY = 4;
    static final int MAX_HEAD_BYTES = 9;

    private byte[] buffer;
    private int length;

    CborWriter(final int expectedBytes) {
        buffer = new byte[expectedBytes];
    }

    byte[] written() {
        return Arrays.copyOf(buffer, length);
    }

    void array(final int elements) {
        head(ARRAY, elements);
    }

    /** An unsigned 64-bit number. */
    void unsigned(final long value) {
        head(UNSIGNED, value);
    }

    void signed(final long value) {
        if (value >= 0) {
            head(UNSIGNED, value);
        } else {
            head(NEGATIVE, ~value);
        }
    }

    void bytes(final byte[] value) {
        head(BYTES, value.length);
        raw(value);
    }

    /** A byte string whose first byte is a tag. */
    void tagged(final int tag, final byte[] value) {
        head(BYTES, value.length + 1L);
        reserve(1);
        buffer[length++] = (byte) tag;
        raw(value);
    }

    /** A number as a byte string: nothing for zero, else a sign byte and the magnitude. */
    void bigInteger(final BigInteger value) {
        if (value.signum() == 0) {
            head(BYTES, 0);
        } else {
            tagged(value.signum() < 0 ? 1 : 0, magnitude(value));
        }
    }

    /** Bytes that are CBOR already. */
    void raw(final byte[] encoded) {
        reserve(encoded.length);
        System.arraycopy(encoded, 0, buffer, length, encoded.length);
        length += encoded.length;
    }

    static byte[] magnitude(final BigInteger value) {
        final byte[] magnitude = value.abs().toByteArray();
        return magnitude[0] == 0 ? Arrays.copyOfRange(magnitude, 1, magnitude.length) : magnitude;
    }

    private void head(final int majorType, final long argument) {
        reserve(MAX_HEAD_BYTES);
        final int type = majorType << 5;
        if (Long.compareUnsigned(argument, 24) < 0) {
            buffer[length++] = (byte) (type | (int) argument);
        } else if (argument >>> 8 == 0) {
            argument(type | 24, argument, 1);
        } else if (argument >>> 16 == 0) {
            argument(type | 25, argument, 2);
        } else if (argument >>> 32 == 0) {
            argument(type | 26, argument, 4);
        } else {
            argument(type | 27, argument, 8);
        }
    }

    private void argument(final int initialByte, final long argument, final int bytes) {
        buffer[length++] = (byte) initialByte;
        for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) {
            buffer[length++] = (byte) (argument >>> shift);
        }
    }

    private void reserve(final int bytes) {
        if (buffer.length - length < bytes) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + bytes));
        }
    }
}
