package io.nelumbo.statemachine.ledger;

/**
 * Owned by the applying thread. The request ids of a batch that were validated so far: an
 * open-addressing table with stamps, so that beginning a batch clears nothing, and no batch makes
 * garbage once the table has the size of the largest.
 */
final class TentativeRequestIds {

    private static final long NONE = -1;

    private long stamp;
    private long[] stamps = new long[64];
    private long[] highs = new long[64];
    private long[] lows = new long[64];
    private long[] sequences = new long[64];
    private int count;

    /** Forgets the batch before, and makes room for so many ids. */
    void begin(final int maxIds) {
        stamp++;
        count = 0;
        if (maxIds > stamps.length / 2) {
            final int length = Integer.highestOneBit(maxIds) * 4;
            stamps = new long[length];
            highs = new long[length];
            lows = new long[length];
            sequences = new long[length];
        }
    }

    /** Ids entered, each counted once. */
    int count() {
        return count;
    }

    /** The sequence that an id was entered with, or -1. */
    long sequenceOf(final long high, final long low) {
        final int place = place(high, low);
        return stamps[place] == stamp ? sequences[place] : NONE;
    }

    /** Enters an id, again if its first one has expired within the batch. */
    void add(final long high, final long low, final long sequence) {
        final int place = place(high, low);
        count += stamps[place] == stamp ? 0 : 1;
        stamps[place] = stamp;
        highs[place] = high;
        lows[place] = low;
        sequences[place] = sequence;
    }

    private int place(final long high, final long low) {
        final int mask = stamps.length - 1;
        int place = (int) RequestIdHash.of(high, low) & mask;
        while (stamps[place] == stamp && (lows[place] != low || highs[place] != high)) {
            place = (place + 1) & mask;
        }
        return place;
    }
}
