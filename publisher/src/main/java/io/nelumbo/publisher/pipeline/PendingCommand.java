package io.nelumbo.publisher.pipeline;

import io.nelumbo.journal.codec.BatchEncoder;
import io.nelumbo.journal.event.Event;
import io.nelumbo.publisher.pipeline.Commands.CommandOutcome;
import java.util.concurrent.CompletableFuture;

/**
 * An offered event that is on its way. The event is the replicator thread's to change until it is
 * packed; any thread may settle it.
 */
final class PendingCommand implements Pending {

    private Event event;
    private final CompletableFuture<CommandOutcome> outcome = new CompletableFuture<>();

    PendingCommand(final Event event) {
        this.event = event;
    }

    Event event() {
        return event;
    }

    /** An account gets its number only when its turn comes. */
    void become(final Event numbered) {
        event = numbered;
    }

    CompletableFuture<CommandOutcome> outcome() {
        return outcome;
    }

    void dropped(final String why) {
        outcome.complete(new CommandOutcome.Dropped(why));
    }

    @Override
    public boolean appendTo(final BatchEncoder encoder) {
        return encoder.append(event);
    }

    @Override
    public void committed(final long epoch, final long sequence) {
        outcome.complete(new CommandOutcome.Committed(sequence));
    }

    @Override
    public void notSubmitted() {
        dropped("not leading");
    }

    @Override
    public void unknown(final String why) {
        outcome.complete(new CommandOutcome.Unknown(why));
    }
}
