package io.nelumbo.journal.chronicle;

import java.util.Comparator;

/**
 * A byte position in a file of the journal, where reading may begin: at a Chronicle header.
 *
 * @param fileName name of the cycle's file, which sorts by time
 * @param position bytes from the beginning of the file
 */
record Place(String fileName, long position) {

    /** As the records come. */
    static final Comparator<Place> ORDER =
            Comparator.comparing(Place::fileName).thenComparingLong(Place::position);

    /** Before the first file, which may not exist yet. */
    static final Place BEFORE_ALL = new Place("", 0);

    /** Where a record begins that comes next after this place, and stands in that file. */
    Place beginOfNextIn(final String nextFileName) {
        return nextFileName.equals(fileName) ? this : new Place(nextFileName, 0);
    }

    @Override
    public String toString() {
        return fileName + " at " + position;
    }
}
