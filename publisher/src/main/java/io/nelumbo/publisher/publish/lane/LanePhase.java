package io.nelumbo.publisher.publish.lane;

import java.util.function.Consumer;

/**
 * Owned by the thread {@code publisher}: what a lane waits for. Only a resting lane acts, so at
 * most one request of a lane is out at any time; every way out of the other phases leads back to
 * rest, and a closed lane ignores what comes.
 */
final class LanePhase {

    private enum Phase {
        RESTING,
        QUEUED,
        PUSHING,
        ASKING,
        WAITING
    }

    private Phase phase = Phase.RESTING;
    private boolean closed;

    boolean mayAct() {
        return !closed && phase == Phase.RESTING;
    }

    boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
    }

    /** Waits for its turn at an upstream. The turn comes to a closed lane too, which passes it. */
    Runnable queued(final Runnable turn) {
        phase = Phase.QUEUED;
        return () -> {
            phase = Phase.RESTING;
            turn.run();
        };
    }

    /** Waits for what becomes of a push. */
    <T> Consumer<T> pushing(final Consumer<T> step) {
        phase = Phase.PUSHING;
        return whileOpen(step);
    }

    /** Waits for an answer. */
    <T> Consumer<T> asking(final Consumer<T> step) {
        phase = Phase.ASKING;
        return whileOpen(step);
    }

    /** Waits until something is done. */
    Runnable asking(final Runnable step) {
        phase = Phase.ASKING;
        return whileOpen(step);
    }

    /** Waits until some time has passed. */
    Runnable waiting(final Runnable step) {
        phase = Phase.WAITING;
        return whileOpen(step);
    }

    private <T> Consumer<T> whileOpen(final Consumer<T> step) {
        return answer -> {
            phase = Phase.RESTING;
            if (!closed) {
                step.accept(answer);
            }
        };
    }

    private Runnable whileOpen(final Runnable step) {
        return () -> {
            phase = Phase.RESTING;
            if (!closed) {
                step.run();
            }
        };
    }
}
