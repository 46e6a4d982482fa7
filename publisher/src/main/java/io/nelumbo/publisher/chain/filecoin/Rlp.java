package io.nelumbo.publisher.chain.filecoin;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;

/** Writes a list in Ethereum's recursive length prefix. Owned by the thread that made it. */
final class Rlp {
    private static final int STRING = 0x80;
    private static final int LIST = 0xc0;
    private static final int MAX_SHORT_BYTES = 55;

    private final ByteArrayOutputStream items = new ByteArrayOutputStream();

    /** A byte string. */
    Rlp bytes(final byte[] value) {
        // A byte below 0x80 is its own encoding.
        if (value.length != 1 || (value[0] & 0x80) != 0) {
            head(items, STRING, value.length);
        }
        items.writeBytes(value);
        return this;
    }

    /** A number of at least 0, as a byte string without zeros in front. */
    Rlp number(final BigInteger value) {
        return bytes(value.signum() == 0 ? new byte[0] : CborWriter.magnitude(value));
    }

    /** An unsigned 64-bit number. */
    Rlp unsigned(final long value) {
        return number(
                value >= 0
                        ? BigInteger.valueOf(value)
                        : new BigInteger(Long.toUnsignedString(value)));
    }

    Rlp emptyList() {
        items.write(LIST);
        return this;
    }

    /** What is already encoded. */
    Rlp raw(final byte[] encoded) {
        items.writeBytes(encoded);
        return this;
    }

    /** The items alone, to be continued. */
    byte[] items() {
        return items.toByteArray();
    }

    /** The list of the items, behind a transaction type's byte. */
    byte[] typedList(final int type) {
        final ByteArrayOutputStream whole = new ByteArrayOutputStream(items.size() + 10);
        whole.write(type);
        head(whole, LIST, items.size());
        whole.writeBytes(items.toByteArray());
        return whole.toByteArray();
    }

    private static void head(final ByteArrayOutputStream out, final int kind, final int length) {
        if (length <= MAX_SHORT_BYTES) {
            out.write(kind + length);
        } else {
            final byte[] lengthBytes = CborWriter.magnitude(BigInteger.valueOf(length));
            out.write(kind + MAX_SHORT_BYTES + lengthBytes.length);
            out.writeBytes(lengthBytes);
        }
    }
}
