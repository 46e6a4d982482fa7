package io.nelumbo.journal.chronicle;

import io.nelumbo.journal.JournalFailure;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the first failure of the medium, so that nothing is tried after it (I11). Any thread.
 */
final class FailStop {

    private volatile @Nullable JournalFailure first;

    /**
     * @throws JournalFailure if the medium failed before
     */
    void requireSound() {
        final JournalFailure before = first;
        if (before != null) {
            throw new JournalFailure(
                    "The journal failed before and is not used again: " + before.getMessage(),
                    before);
        }
    }

    boolean hasFailed() {
        return first != null;
    }

    /** Records a failure of the medium; the caller throws it. */
    JournalFailure fail(final String message, final Throwable cause) {
        final JournalFailure failure = new JournalFailure(message, cause);
        first = failure;
        return failure;
    }
}
