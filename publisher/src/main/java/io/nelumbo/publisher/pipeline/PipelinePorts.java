package io.nelumbo.publisher.pipeline;

import io.nelumbo.statemachine.ledger.LedgerView;
import io.nelumbo.statemachine.raft.Replicator;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the pipeline needs of the node around it.
 *
 * @param replicator takes batches to the Raft log; only the replicator stage calls it
 * @param ledger what is committed and applied on this node
 * @param clock what gives batches their timestamps
 * @param peerId our own peer id, as it stands in {@code EpochOpened}
 * @param stepDown gets this node out of its leadership, and keeps trying while it leads in the same
 *     term; only a new term opens the pipeline again. Called on a thread of the pipeline; does
 *     nothing on a node that does not lead
 * @param diskHasRoom whether the disk is above its watermark (ENGINE-NOTES: stop before it is full)
 * @param epochListener told when our epochs open and close
 * @param journaledBatch the journaled batch that holds a sequence, encoded, or null
 *     (Journal::batchOf); called on a thread of the pipeline that may wait for the disk
 * @param receipts where clients' futures complete, so that no client's code runs on the pipeline's
 *     threads or on the applying thread; it may refuse work only once the pipeline is closed
 * @param fault told of a broken invariant: the node must halt (I11)
 */
public record PipelinePorts(
        Replicator replicator,
        LedgerView ledger,
        LeaderClock clock,
        String peerId,
        Runnable stepDown,
        BooleanSupplier diskHasRoom,
        EpochListener epochListener,
        LongFunction<byte @Nullable []> journaledBatch,
        Executor receipts,
        BiConsumer<String, Throwable> fault) {}
