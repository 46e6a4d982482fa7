package io.nelumbo.publisher.pipeline;

import io.nelumbo.journal.codec.BatchEncoder;

/**
 * An event on its way, and whoever waits for its fate. Exactly one of the three fates comes, once;
 * it completes a client's future, so it is told through {@link Answers} only.
 */
sealed interface Pending permits PendingRequest, PendingCommand, PendingEpoch {

    /** Adds the event to a batch; false, and nothing changed, if it does not fit. */
    boolean appendTo(BatchEncoder encoder);

    /** Its event is committed and applied on this node. */
    void committed(long epoch, long sequence);

    /** It was never submitted: it can never commit. */
    void notSubmitted();

    /** It was submitted, and the epoch ended before it was applied. */
    void unknown(String why);
}
