package io.nelumbo.publisher.pipeline;

import io.nelumbo.journal.event.Event;
import java.util.concurrent.CompletableFuture;

/**
 * How the publisher's own findings (an account to open, a confirmation, a halted lane) come in: as
 * events, through the same ring as messages. An event that does not fit the state any more when its
 * turn comes is dropped.
 */
public interface Commands {

    /** Offers an event. The future tells whether it was committed; it never fails. */
    CompletableFuture<CommandOutcome> offer(Event event);

    /** What became of an offered event. */
    sealed interface CommandOutcome {

        /** Committed and applied. */
        record Committed(long sequence) implements CommandOutcome {}

        /** Not taken: not leading, ring full, or the state has moved on. Find out anew. */
        record Dropped(String reason) implements CommandOutcome {}

        /** In flight when leadership ended. Find out anew from the ledger. */
        record Unknown(String reason) implements CommandOutcome {}
    }
}
