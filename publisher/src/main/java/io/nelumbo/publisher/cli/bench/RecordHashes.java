package io.nelumbo.publisher.cli.bench;

import java.util.Arrays;

/**
 * Owned by one thread. The records of the longest journal so far, eight bytes each; the records of
 * another, as they come, have to be the same as far as both go.
 */
final class RecordHashes {
    private static final int FIRST_CAPACITY = 1 << 12;

    private long[] longest = new long[FIRST_CAPACITY];
    private int size;
    private int position;
    private boolean same = true;

    /** The next record of the journal that is read. */
    void next(final long fingerprint) {
        if (position < size) {
            same &= longest[position] == fingerprint;
        } else {
            if (size == longest.length) {
                longest = Arrays.copyOf(longest, 2 * size);
            }
            longest[size++] = fingerprint;
        }
        position++;
    }

    /** Whether it had records, and none that contradicts another journal; the next one begins. */
    boolean endJournal() {
        final boolean agrees = same && position > 0;
        position = 0;
        same = true;
        return agrees;
    }
}
