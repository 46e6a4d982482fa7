package io.nelumbo.publisher.publish.confirm;

/**
 * Owned by the thread {@code publisher}: how many looks in a row have shown the same unlikely
 * thing. What cannot be taken back is believed only when it was seen several times.
 */
final class Sightings {

    private final int needed;
    private int inARow;

    Sightings(final int needed) {
        this.needed = needed;
    }

    /** Counts a look; true once it was seen often enough. */
    boolean seen() {
        inARow = Math.min(needed, inARow + 1);
        return inARow == needed;
    }

    void notSeen() {
        inARow = 0;
    }
}
