package io.nelumbo.statemachine.ledger;

import java.util.Arrays;

/**
 * Written by the applying thread only, under the ledger's lock. Which sequence was reached at which
 * age of the ledger ({@link LedgerView#ageNs}), sparsely: at most {@value #MAX_MARKS} marks, a
 * spacing apart that begins at one second.
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

    private final long[] agesNs = new long[MAX_MARKS];
    private final long[] sequences = new long[MAX_MARKS];
    private int count;
    private long spacingNs = FIRST_SPACING_NS;

    /** A copy. */
    TimeMarks frozen() {
        final TimeMarks frozen = new TimeMarks();
        System.arraycopy(agesNs, 0, frozen.agesNs, 0, count);
        System.arraycopy(sequences, 0, frozen.sequences, 0, count);
        frozen.count = count;
        frozen.spacingNs = spacingNs;
        return frozen;
    }

    /** Notes that a batch of this age began at this sequence; neither ever falls. */
    void note(final long ageNs, final long firstSequence) {
        if (count > 0 && ageNs - agesNs[count - 1] < spacingNs) {
            return;
        }
        if (count == MAX_MARKS) {
            thin();
        }
        agesNs[count] = ageNs;
        sequences[count] = firstSequence;
        count++;
    }

    /** A sequence that every event after this age has or exceeds; 0 if no mark tells more. */
    long firstSequenceAfter(final long ageNs) {
        final int found = Arrays.binarySearch(agesNs, 0, count, ageNs);
        final int mark = found >= 0 ? found : -found - 2;
        return mark < 0 ? 0 : sequences[mark];
    }

    /** Drops the marks below a sequence, all but the last of them. */
    void dropBefore(final long sequence) {
        final int found = Arrays.binarySearch(sequences, 0, count, sequence);
        final int first = found >= 0 ? found : Math.max(0, -found - 2);
        System.arraycopy(agesNs, first, agesNs, 0, count - first);
        System.arraycopy(sequences, first, sequences, 0, count - first);
        count -= first;
    }

    void writeTo(final StateWriter out) {
        out.putLong(spacingNs);
        out.putInt(count);
        for (int n = 0; n < count; n++) {
            out.putLong(agesNs[n]);
            out.putLong(sequences[n]);
        }
    }

    void readFrom(final StateReader in, final LedgerState state) {
        spacingNs = in.getLongWithin("spacing of marks", FIRST_SPACING_NS, MAX_SPACING_NS);
        count = in.getIntWithin("number of marks", 0, MAX_MARKS);
        long lastAgeNs = -1;
        long lastSequence = -1;
        for (int n = 0; n < count; n++) {
            agesNs[n] = in.getLong();
            sequences[n] = in.getLong();
            in.check("age of a mark", lastAgeNs < agesNs[n] && agesNs[n] <= state.ageNs, agesNs[n]);
            in.check(
                    "sequence of a mark",
                    lastSequence < sequences[n] && sequences[n] < state.nextSequence,
                    sequences[n]);
            lastAgeNs = agesNs[n];
            lastSequence = sequences[n];
        }
    }

    private void thin() {
        for (int n = 0; n < MARKS_AFTER_THINNING; n++) {
            agesNs[n] = agesNs[2 * n];
            sequences[n] = sequences[2 * n];
        }
        count = MARKS_AFTER_THINNING;
        spacingNs = Math.min(spacingNs * 2, MAX_SPACING_NS);
    }
}
