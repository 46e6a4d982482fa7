package io.nelumbo.bench.peers.ratis;

/**
 * How messages become Raft entries at the client.
 *
 * @param maxEntryMessages an entry takes what waits, up to this
 * @param maxEntriesInFlight further messages wait at the client, and become one entry
 */
public record RatisShape(int maxEntryMessages, int maxEntriesInFlight) {

    private static final int MAX_MESSAGES = 16_384;
    private static final int FEW = 4;
    private static final int MEDIUM = 256;
    private static final int LARGE = 1024;

    public RatisShape {
        if (maxEntryMessages < 1
                || maxEntriesInFlight < 1
                || maxEntryMessages > MAX_MESSAGES
                || maxEntriesInFlight > MAX_MESSAGES) {
            throw new IllegalArgumentException(
                    "expected 1 to 16384 but was " + maxEntryMessages + "x" + maxEntriesInFlight);
        }
    }

    /** Reads {@code 256x4}: up to 256 messages in an entry, 4 entries in flight. */
    public static RatisShape parse(final String text) {
        final String[] parts = text.split("x", 2);
        if (parts.length != 2) {
            throw new IllegalArgumentException("expected a shape as 256x4 but was " + text);
        }
        return new RatisShape(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    /**
     * The fastest shape for a window: few messages go alone, many in four entries of up to 256, and
     * more than those hold in entries of up to 1024.
     */
    static RatisShape filling(final int window) {
        if (window <= FEW) {
            return new RatisShape(1, window);
        }
        return window <= FEW * MEDIUM
                ? new RatisShape(MEDIUM, FEW)
                : new RatisShape(LARGE, window / LARGE);
    }

    @Override
    public String toString() {
        return maxEntryMessages + "x" + maxEntriesInFlight;
    }
}
