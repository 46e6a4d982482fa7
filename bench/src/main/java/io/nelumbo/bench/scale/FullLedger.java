package io.nelumbo.bench.scale;

import io.nelumbo.bench.stage.SteadyLoad;
import io.nelumbo.journal.codec.BatchDecoder;
import io.nelumbo.statemachine.ledger.ApplyOutcome;
import io.nelumbo.statemachine.ledger.Ledger;

/** A ledger and what feeds it: nothing is confirmed, nothing expires. Owned by one thread. */
final class FullLedger {

    private final Ledger ledger = new Ledger();
    private final SteadyLoad load;

    /** Opens the epoch and so many accounts, over which the messages come in turn. */
    FullLedger(final int accounts) {
        load = new SteadyLoad(accounts, false, Long.MAX_VALUE);
        while (ledger.accountCount() < accounts) {
            applyBatch();
        }
    }

    Ledger ledger() {
        return ledger;
    }

    /** Applies messages until there are so many, and says how many nanoseconds that took. */
    long fillTo(final long messages) {
        final long beganNs = System.nanoTime();
        while (load.messages() < messages) {
            applyBatch();
        }
        return System.nanoTime() - beganNs;
    }

    long messages() {
        return load.messages();
    }

    /** Applies one batch, and says how many nanoseconds that took without making it. */
    long applyBatch() {
        final BatchDecoder batch = load.next();
        final long beganNs = System.nanoTime();
        final ApplyOutcome outcome = ledger.apply(SteadyLoad.TERM, batch);
        final long tookNs = System.nanoTime() - beganNs;
        if (outcome != ApplyOutcome.Applied.APPLIED) {
            throw new IllegalStateException("expected the batch to apply but was " + outcome);
        }
        return tookNs;
    }
}
