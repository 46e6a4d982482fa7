package io.nelumbo.publisher.publish.port;

import io.nelumbo.journal.event.Event;
import io.nelumbo.publisher.pipeline.Commands;
import io.nelumbo.publisher.pipeline.Commands.CommandOutcome;
import io.nelumbo.publisher.publish.loop.Answer;
import io.nelumbo.publisher.publish.loop.PublishLoop;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Owned by the thread {@code publisher}: hands findings to the pipeline and brings back what became
 * of them. Whatever is not committed is simply found out anew, so at its bound it drops.
 */
public final class Offers {

    /** Offers that may wait for their outcome. */
    private static final int MAX_IN_FLIGHT = 4_096;

    /** A lost outcome must not block an account for ever. */
    private static final long OUTCOME_TIMEOUT_NS = Duration.ofSeconds(60).toNanos();

    private final Commands commands;
    private final PublishLoop loop;
    private int inFlight;

    public Offers(final Commands commands, final PublishLoop loop) {
        this.commands = commands;
        this.loop = loop;
    }

    /** Offers an event; its outcome comes in a later turn, always. */
    public void offer(final Event event, final Consumer<CommandOutcome> then) {
        if (inFlight >= MAX_IN_FLIGHT) {
            loop.after(
                    0,
                    () -> then.accept(new CommandOutcome.Dropped("too many offers are waiting")));
            return;
        }
        inFlight++;
        loop.await(
                commands.offer(event),
                OUTCOME_TIMEOUT_NS,
                answer -> {
                    inFlight--;
                    then.accept(outcome(answer));
                });
    }

    private static CommandOutcome outcome(final Answer<CommandOutcome> answer) {
        return answer instanceof Answer.Told<CommandOutcome> told
                ? told.value()
                : new CommandOutcome.Unknown(((Answer.NotTold<CommandOutcome>) answer).reason());
    }
}
