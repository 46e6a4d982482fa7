package io.nelumbo.statemachine.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link StateWriter} wrote. Owned by the thread that reads. Trusts nothing: every count
 * and length is checked against a bound before anything is allocated for it.
 */
public final class StateReader {

    /** Gives the next bytes, exactly as many as asked; it throws if there are fewer. */
    @FunctionalInterface
    public interface Source {
        void read(byte[] into, int offset, int length);
    }

    private final Source source;
    private final byte[] field = new byte[Long.BYTES];
    private long position;

    public StateReader(final Source source) {
        this.source = source;
    }

    public int getByte() {
        return (int) getField(Byte.BYTES);
    }

    public int getInt() {
        return (int) getField(Integer.BYTES);
    }

    public long getLong() {
        return getField(Long.BYTES);
    }

    public byte[] getBytes(final int length) {
        final byte[] bytes = new byte[length];
        source.read(bytes, 0, length);
        position += length;
        return bytes;
    }

    /** Reads what {@link StateWriter#putOptionalText} wrote. */
    public @Nullable String getOptionalText(final int maxLength) {
        final int length = getIntWithin("text length", -1, maxLength);
        if (length < 0) {
            return null;
        }
        final char[] text = new char[length];
        for (int n = 0; n < length; n++) {
            text[n] = (char) getField(Character.BYTES);
        }
        return new String(text);
    }

    /** Reads an int that must lie in a range, both ends included. */
    public int getIntWithin(final String what, final int min, final int max) {
        final int value = getInt();
        check(what, min <= value && value <= max, value);
        return value;
    }

    /** Reads a long that must lie in a range, both ends included. */
    public long getLongWithin(final String what, final long min, final long max) {
        final long value = getLong();
        check(what, min <= value && value <= max, value);
        return value;
    }

    /** Throws unless a condition holds, naming the field, its value and where it ended. */
    public void check(final String what, final boolean holds, final long value) {
        if (!holds) {
            throw new InvalidState(
                    "expected a valid " + what + " before byte " + position + " but was " + value);
        }
    }

    private long getField(final int bytes) {
        source.read(field, 0, bytes);
        position += bytes;
        long value = 0;
        for (int n = bytes - 1; n >= 0; n--) {
            value = value << Byte.SIZE | (field[n] & 0xFF);
        }
        return value;
    }
}
