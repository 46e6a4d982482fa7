package io.nelumbo.statemachine.ledger;

/** What became of a batch: the same on every node (I6). */
public sealed interface ApplyOutcome {

    /** Every event took effect; the batch belongs into the journal. */
    record Applied() implements ApplyOutcome {
        public static final Applied APPLIED = new Applied();
    }

    /** No event took effect; the batch is not journaled. */
    record Rejected(String reason) implements ApplyOutcome {}

    /**
     * No event took effect, but a newer node would have applied the batch: it raises the cluster to
     * a version that this node does not know. The node must halt and be upgraded (I11); its log
     * still holds the batch.
     */
    record Unsupported(String reason) implements ApplyOutcome {}
}
