package io.nelumbo.publisher.pipeline;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/**
 * The way back to clients: their futures complete on the node's executor, never on a stage's thread
 * or on the applying thread. Any thread.
 *
 * <p>What waits there is bounded (I10). Whole batches are, by their places. Single refusals are
 * counted here: a stage that refuses faster than clients take their answers waits, the ring fills
 * up behind it, and clients are told Overloaded at its door.
 */
final class Answers {

    private static final int MAX_WAITING_REFUSALS = 1 << 16;

    private final Executor receipts;
    private final Semaphore refusals = new Semaphore(MAX_WAITING_REFUSALS);

    Answers(final Executor receipts) {
        this.receipts = receipts;
    }

    /** Answers all who wait for a batch. Never waits. */
    void deliver(final InFlightBatch batch) {
        execute(batch);
    }

    /** Answers one request. Waits at the bound: for stages only. */
    void settle(final PendingRequest request, final PublishOutcome outcome) {
        one(() -> request.settle(outcome));
    }

    /** Answers one offer. Waits at the bound: for stages only. */
    void drop(final PendingCommand command, final String why) {
        one(() -> command.dropped(why));
    }

    /** Answers one who was overtaken by the epoch's end. Waits at the bound: for stages only. */
    void notSubmitted(final Pending pending) {
        one(pending::notSubmitted);
    }

    /** Runs what answers one request. Waits at the bound: for stages only. */
    void one(final Runnable answer) {
        refusals.acquireUninterruptibly();
        execute(
                () -> {
                    try {
                        answer.run();
                    } finally {
                        refusals.release();
                    }
                });
    }

    private void execute(final Runnable answer) {
        try {
            receipts.execute(answer);
        } catch (final RejectedExecutionException closing) {
            // It may refuse only when the node closes. Everybody is answered even then, and there
            // is no other thread left to do it.
            answer.run();
        }
    }
}
