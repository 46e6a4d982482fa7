package io.nelumbo.statemachine.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Writes the fields of a ledger's state, little-endian, in chunks, to a target that may be a file
 * or a digest. Owned by the thread that writes. The same state always gives the same bytes, however
 * it came to be (I7, I8). {@link StateReader} is its mirror.
 */
public final class StateWriter {

    /** Takes one chunk; the bytes are valid only during the call. What it throws passes through. */
    @FunctionalInterface
    public interface Target {
        void write(byte[] chunk, int offset, int length);
    }

    private static final int CHUNK_BYTES = 16 * 1024;

    private final Target target;
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private int used;

    public StateWriter(final Target target) {
        this.target = target;
    }

    public void putByte(final int value) {
        makeRoom(Byte.BYTES);
        chunk[used++] = (byte) value;
    }

    public void putInt(final int value) {
        makeRoom(Integer.BYTES);
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            chunk[used++] = (byte) (value >>> shift);
        }
    }

    public void putLong(final long value) {
        makeRoom(Long.BYTES);
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            chunk[used++] = (byte) (value >>> shift);
        }
    }

    /** The bytes alone; write their length first if the reader cannot know it. */
    public void putBytes(final byte[] bytes) {
        int done = 0;
        while (done < bytes.length) {
            makeRoom(Byte.BYTES);
            final int piece = Math.min(bytes.length - done, CHUNK_BYTES - used);
            System.arraycopy(bytes, done, chunk, used, piece);
            used += piece;
            done += piece;
        }
    }

    /** A text or its absence: its length or -1, then its UTF-16 units. */
    public void putOptionalText(final @Nullable String text) {
        putInt(text == null ? -1 : text.length());
        for (int n = 0; text != null && n < text.length(); n++) {
            putByte(text.charAt(n));
            putByte(text.charAt(n) >>> Byte.SIZE);
        }
    }

    /** Hands the last, partial chunk to the target. */
    public void flush() {
        if (used > 0) {
            target.write(chunk, 0, used);
            used = 0;
        }
    }

    private void makeRoom(final int bytes) {
        if (used + bytes > CHUNK_BYTES) {
            flush();
        }
    }
}
