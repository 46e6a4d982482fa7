package io.nelumbo.statemachine.raft;

import java.nio.ByteBuffer;
import java.util.Comparator;
import org.apache.ratis.server.protocol.TermIndex;
import org.jspecify.annotations.Nullable;

/** The last entry of a member's Raft log: the higher one wins an election. */
record LastEntry(long term, long index) implements Comparable<LastEntry> {

    private static final Comparator<LastEntry> ORDER =
            Comparator.comparingLong(LastEntry::term).thenComparingLong(LastEntry::index);

    /** Of a log without entries. */
    static final LastEntry NONE = new LastEntry(0, 0);

    /**
     * @param entry null if the log is empty
     */
    static LastEntry of(final @Nullable TermIndex entry) {
        return entry == null ? NONE : new LastEntry(entry.getTerm(), entry.getIndex());
    }

    /** Throws IllegalArgumentException if the bytes are none. */
    static LastEntry decode(final byte[] bytes) {
        if (bytes.length != 2 * Long.BYTES) {
            throw new IllegalArgumentException(
                    "expected a last entry of 16 bytes but were " + bytes.length);
        }
        final ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new LastEntry(buffer.getLong(), buffer.getLong());
    }

    byte[] encode() {
        return ByteBuffer.allocate(2 * Long.BYTES).putLong(term).putLong(index).array();
    }

    @Override
    public int compareTo(final LastEntry other) {
        return ORDER.compare(this, other);
    }
}
