package io.nelumbo.statemachine.ledger;

import java.util.Arrays;

/**
 * Written by the applying thread only, under the ledger's lock. Which sequence was reached when,
 * sparsely: at most {@value #MAX_MARKS} marks, a spacing apart that begins at one second.
 *
 * <p>When the table is full, every second mark goes and the spacing doubles, so a retention of any
 * length fits, with an error of at most 1/{@value #MARKS_AFTER_THINNING} of it. Marks below an
 * expiry are dropped, but the spacing stays as it is.
 */
final class TimeMarks {

    static final int MAX_MARKS = 4096;
    private static final int MARKS_AFTER_THINNING = MAX_MARKS / 2;
    private static final long FIRST_SPACING_NS = 1_000_000_000L;
    private static final long MAX_SPACING_NS = Long.MAX_VALUE / 2;

    private final long[] timestampsNs = new long[MAX_MARKS];
    private final long[] sequences = new long[MAX_MARKS];
    private int count;
    private long spacingNs = FIRST_SPACING_NS;

    /** Notes that a batch with this timestamp began at this sequence; both only ever grow. */
    void note(final long timestampNs, final long firstSequence) {
        if (count > 0 && timestampNs - timestampsNs[count - 1] < spacingNs) {
            return;
        }
        if (count == MAX_MARKS) {
            thin();
        }
        timestampsNs[count] = timestampNs;
        sequences[count] = firstSequence;
        count++;
    }

    /** A sequence that every event after this time has or exceeds; 0 if no mark tells more. */
    long firstSequenceAfter(final long timestampNs) {
        final int found = Arrays.binarySearch(timestampsNs, 0, count, timestampNs);
        final int mark = found >= 0 ? found : -found - 2;
        return mark < 0 ? 0 : sequences[mark];
    }

    /** Drops the marks below a sequence, all but the last of them. */
    void dropBefore(final long sequence) {
        final int found = Arrays.binarySearch(sequences, 0, count, sequence);
        final int first = found >= 0 ? found : Math.max(0, -found - 2);
        System.arraycopy(timestampsNs, first, timestampsNs, 0, count - first);
        System.arraycopy(sequences, first, sequences, 0, count - first);
        count -= first;
    }

    void writeTo(final StateWriter out) {
        out.putLong(spacingNs);
        out.putInt(count);
        for (int n = 0; n < count; n++) {
            out.putLong(timestampsNs[n]);
            out.putLong(sequences[n]);
        }
    }

    void readFrom(final StateReader in, final LedgerState state) {
        spacingNs = in.getLongWithin("spacing of marks", FIRST_SPACING_NS, MAX_SPACING_NS);
        count = in.getIntWithin("number of marks", 0, MAX_MARKS);
        long lastTimestampNs = 0;
        long lastSequence = -1;
        for (int n = 0; n < count; n++) {
            timestampsNs[n] = in.getLong();
            sequences[n] = in.getLong();
            in.check(
                    "timestamp of a mark",
                    lastTimestampNs < timestampsNs[n] && timestampsNs[n] <= state.lastTimestampNs,
                    timestampsNs[n]);
            in.check(
                    "sequence of a mark",
                    lastSequence < sequences[n] && sequences[n] < state.nextSequence,
                    sequences[n]);
            lastTimestampNs = timestampsNs[n];
            lastSequence = sequences[n];
        }
    }

    private void thin() {
        for (int n = 0; n < MARKS_AFTER_THINNING; n++) {
            timestampsNs[n] = timestampsNs[2 * n];
            sequences[n] = sequences[2 * n];
        }
        count = MARKS_AFTER_THINNING;
        spacingNs = Math.min(spacingNs * 2, MAX_SPACING_NS);
    }
}
