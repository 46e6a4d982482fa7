package io.nelumbo.statemachine.ledger;

/** What became of a batch: the same on every node (I6). */
public sealed interface ApplyOutcome {

    /** Every event took effect; the batch belongs into the journal. */
    record Applied() implements ApplyOutcome {
        public static final Applied APPLIED = new Applied();
    }

    /** No event took effect; the batch is not journaled. */
    record Rejected(String reason) implements ApplyOutcome {}
}
