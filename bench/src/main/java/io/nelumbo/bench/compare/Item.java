package io.nelumbo.bench.compare;

import org.jspecify.annotations.Nullable;

/**
 * One comparison of the list that speed is judged by.
 *
 * @param item its number in that list
 * @param name what is compared
 * @param figure ours; null when it was not measured
 * @param peer whose figure it is compared with; null when it is compared with the goal alone
 * @param reason why there is no figure, or what to know about it; empty if nothing
 * @param command how to measure it alone
 */
record Item(
        int item,
        String name,
        @Nullable Series figure,
        String unit,
        @Nullable Peer peer,
        @Nullable Goal goal,
        String reason,
        String command) {

    /**
     * A peer's figure.
     *
     * @param measured in this run; a reference was measured elsewhere, at another time
     */
    record Peer(String name, double figure, boolean measured) {}

    /** Not measured, and why. */
    static Item missing(
            final int item,
            final String name,
            final String unit,
            final @Nullable Goal goal,
            final String reason,
            final String command) {
        return new Item(item, name, null, unit, null, goal, reason, command);
    }

    /** Ours to the peer's; null if one of them is missing. */
    @Nullable Double ratio() {
        return figure == null || peer == null ? null : figure.median() / peer.figure();
    }

    /** Null if it cannot be told, or nothing is to be reached. */
    @Nullable Boolean reached() {
        if (goal == null || figure == null) {
            return null;
        }
        final Double value =
                goal.against() == Goal.Against.RATIO ? ratio() : (Double) figure.median();
        return value == null ? null : (Boolean) goal.reachedBy(value);
    }
}
