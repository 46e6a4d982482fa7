package io.nelumbo.publisher.chain.filecoin;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Reads the items of one list in Ethereum's recursive length prefix, one after the other. Only the
 * shortest form of each is read. Owned by the thread that made it.
 */
final class RlpItems {
    private static final int STRING = 0x80;
    private static final int LONG_STRING = 0xb7;
    private static final int LIST = 0xc0;
    private static final int LONG_LIST = 0xf7;
    private static final int MAX_SHORT_BYTES = 55;

    private final String where;
    private final byte[] encoded;
    private int position;

    /**
     * Enters the list that begins at an offset and ends where the bytes end. Throws {@link
     * MalformedValue} if there is none.
     */
    RlpItems(final String where, final byte[] encoded, final int offset) {
        this.where = where;
        this.encoded = encoded;
        this.position = offset;
        final int length = length("the list", LIST, LONG_LIST, 0x100);
        if (length != encoded.length - position) {
            throw wrong("a list of " + (encoded.length - position) + " bytes", length);
        }
    }

    /** Where the next item begins. */
    int position() {
        return position;
    }

    /** A byte string of at most so many bytes. */
    byte[] bytes(final String name, final int maxBytes) {
        final int first = first(name);
        if (first < STRING) {
            position++;
            return new byte[] {(byte) first};
        }
        final int length = length(name, STRING, LONG_STRING, LIST);
        if (length > maxBytes) {
            throw wrong(name + " of at most " + maxBytes + " bytes", length + " bytes");
        }
        final byte[] value = Arrays.copyOfRange(encoded, position, position + length);
        position += length;
        if (length == 1 && value[0] >= 0) {
            throw wrong(name + " in its shortest form", "a longer one");
        }
        return value;
    }

    /** A number of at least 0 that fits so many bytes. */
    BigInteger number(final String name, final int maxBytes) {
        final byte[] magnitude = bytes(name, maxBytes);
        if (magnitude.length > 0 && magnitude[0] == 0) {
            throw wrong(name + " without zeros in front", "a longer form");
        }
        return new BigInteger(1, magnitude);
    }

    /** An unsigned 64-bit number. */
    long unsigned(final String name) {
        return number(name, Long.BYTES).longValue();
    }

    void emptyList(final String name) {
        if (first(name) != LIST) {
            throw wrong(name + " to be empty", "another item");
        }
        position++;
    }

    /** Refuses anything behind the last item. */
    void end() {
        if (position != encoded.length) {
            throw wrong("nothing more", (encoded.length - position) + " bytes");
        }
    }

    private int first(final String name) {
        if (position >= encoded.length) {
            throw wrong(name, "the end");
        }
        return Byte.toUnsignedInt(encoded[position]);
    }

    /** Reads a head; the content is all there. */
    private int length(final String name, final int kind, final int longKind, final int beyond) {
        final int head = first(name);
        if (head < kind || head >= beyond) {
            throw wrong(name, "an item of another kind");
        }
        position++;
        final int length = head <= longKind ? head - kind : longLength(name, head - longKind);
        if (length > encoded.length - position) {
            throw wrong(name, "the end");
        }
        return length;
    }

    private int longLength(final String name, final int lengthBytes) {
        if (lengthBytes > Integer.BYTES - 1 || lengthBytes > encoded.length - position) {
            throw wrong(name + " of a length that is there", lengthBytes + " bytes of length");
        }
        int length = 0;
        for (int i = 0; i < lengthBytes; i++) {
            length = length << Byte.SIZE | Byte.toUnsignedInt(encoded[position++]);
        }
        if (length <= MAX_SHORT_BYTES || length >>> (Byte.SIZE * (lengthBytes - 1)) == 0) {
            throw wrong(name + " in its shortest form", "a longer one");
        }
        return length;
    }

    private MalformedValue wrong(final String expected, final Object actual) {
        return MalformedValue.expected(where + " at byte " + position, expected, actual);
    }
}
