package io.nelumbo.statemachine.raft;

import java.util.concurrent.CompletionStage;
import org.agrona.DirectBuffer;

/** Submits batches to the Raft log. One thread submits: log order is submit order. */
public interface Replicator {

    /**
     * Appends a batch to the log of this node, which must lead in {@code term}. The bytes are
     * copied before the call returns. Never blocks on replication.
     */
    CompletionStage<SubmitOutcome> submit(long term, DirectBuffer batch, int offset, int length);
}
