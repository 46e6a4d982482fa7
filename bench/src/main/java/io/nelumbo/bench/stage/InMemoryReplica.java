package io.nelumbo.bench.stage;

import io.nelumbo.journal.codec.BatchDecoder;
import io.nelumbo.publisher.pipeline.Pipeline;
import io.nelumbo.statemachine.ledger.ApplyOutcome;
import io.nelumbo.statemachine.ledger.Ledger;
import io.nelumbo.statemachine.raft.Replicator;
import io.nelumbo.statemachine.raft.SubmitOutcome;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A majority that always agrees, a fixed time after the submit, without disk or network: what is
 * left is the pipeline, and the real ledger on an applying thread of its own.
 */
final class InMemoryReplica implements Replicator, AutoCloseable {

    private static final long TERM = 1;

    private record Entry(byte[] batch, long dueNs, CompletableFuture<SubmitOutcome> outcome) {}

    private final Ledger ledger = new Ledger();
    private final BlockingQueue<Entry> submitted = new LinkedBlockingQueue<>();
    private final Thread applying = new Thread(this::applyAll, "applying");
    private final long agreementNs;
    private volatile @Nullable Pipeline pipeline;

    /**
     * @param agreementNs from submit to apply, for each batch; batches in flight overlap
     */
    InMemoryReplica(final long agreementNs) {
        this.agreementNs = agreementNs;
    }

    Ledger ledger() {
        return ledger;
    }

    /** Makes the pipeline lead, and returns when it takes requests. */
    void lead(final Pipeline leading) {
        pipeline = leading;
        applying.setDaemon(true);
        applying.start();
        leading.onLeading(TERM);
        while (!leading.isOpen()) {
            LockSupport.parkNanos(100_000);
        }
    }

    @Override
    public CompletionStage<SubmitOutcome> submit(
            final long term, final DirectBuffer batch, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        batch.getBytes(offset, bytes);
        final Entry entry =
                new Entry(bytes, System.nanoTime() + agreementNs, new CompletableFuture<>());
        submitted.add(entry);
        return entry.outcome();
    }

    @Override
    public void close() {
        applying.interrupt();
    }

    private void applyAll() {
        final BatchDecoder decoder = new BatchDecoder();
        long raftIndex = 0;
        try {
            while (true) {
                final Entry entry = submitted.take();
                final long earlyNs = entry.dueNs() - System.nanoTime();
                if (earlyNs > 0) {
                    LockSupport.parkNanos(earlyNs);
                }
                decoder.wrap(new UnsafeBuffer(entry.batch()), 0, entry.batch().length);
                final ApplyOutcome outcome = ledger.apply(TERM, decoder);
                final Pipeline leading = pipeline;
                if (leading != null) {
                    leading.onApplied(TERM, raftIndex, decoder, outcome);
                }
                entry.outcome().complete(new SubmitOutcome.Committed(raftIndex));
                raftIndex++;
            }
        } catch (final InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }
}
