package io.nelumbo.publisher.cli.bench;

import io.nelumbo.publisher.load.Outcomes;
import io.nelumbo.publisher.load.Target;

/** Owned by the thread that runs the loads. Sends no more than so many messages in all. */
final class CountedTarget implements Target {
    private final Target target;
    private final Allowance allowance;

    /** What is left for all loads of a bench. */
    static final class Allowance {
        private long left;

        Allowance(final long messages) {
            this.left = messages;
        }
    }

    /** There was none left. */
    static final class UsedUp extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UsedUp() {
            super("the messages of a bench are used up", null, false, false);
        }
    }

    CountedTarget(final Target target, final Allowance allowance) {
        this.target = target;
        this.allowance = allowance;
    }

    /** Throws {@link UsedUp}, which ends the load; messages may be under way. */
    @Override
    public void send(final long first, final int count, final Outcomes outcomes) {
        if (count > allowance.left) {
            throw new UsedUp();
        }
        allowance.left -= count;
        target.send(first, count, outcomes);
    }
}
