package io.nelumbo.publisher.pipeline;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The way back to clients: their futures complete on the node's executor, never on a stage's thread
 * or on the applying thread. Any thread.
 */
final class Answers {

    private final Executor receipts;

    Answers(final Executor receipts) {
        this.receipts = receipts;
    }

    void deliver(final Runnable answer) {
        try {
            receipts.execute(answer);
        } catch (final RejectedExecutionException closing) {
            // It may refuse only when the node closes. Everybody is answered even then, and there
            // is no other thread left to do it.
            answer.run();
        }
    }

    void settle(final PendingRequest request, final PublishOutcome outcome) {
        deliver(() -> request.settle(outcome));
    }

    void drop(final PendingCommand command, final String why) {
        deliver(() -> command.dropped(why));
    }
}
