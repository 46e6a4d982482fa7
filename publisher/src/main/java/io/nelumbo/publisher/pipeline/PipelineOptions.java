package io.nelumbo.publisher.pipeline;

import io.nelumbo.statemachine.ledger.LedgerLimits;
import java.util.ArrayList;
import java.util.List;

/**
 * The pipeline's bounds (I10).
 *
 * @param ringSize slots of the ring, a power of two; beyond: Overloaded
 * @param waitStrategy how idle stages wait
 * @param signerThreads 1 or more; slot n is signed by thread n modulo this
 * @param maxBatchBytes an encoded batch never exceeds this; must stay below what Raft takes in one
 *     entry (4 MB, or the leader is deposed)
 * @param maxBatchMessages events in one batch, at most
 * @param maxInFlightBatches batches submitted whose clients are not answered yet, at most
 * @param maxUnconfirmedMessages committed and not confirmed, or in flight; beyond: Overloaded
 * @param maxOutboxBytes bytes of committed messages that the outbox holds; beyond: Overloaded. What
 *     is in flight comes on top: at most {@code maxInFlightBatches + 1} times {@code maxBatchBytes}
 */
public record PipelineOptions(
        int ringSize,
        WaitStrategyName waitStrategy,
        int signerThreads,
        int maxBatchBytes,
        int maxBatchMessages,
        int maxInFlightBatches,
        long maxUnconfirmedMessages,
        long maxOutboxBytes) {

    private static final int MIN_BATCH_BYTES = 1024;
    private static final int MAX_BATCH_BYTES = 4_000_000;
    private static final int MAX_RING_SIZE = 1 << 20;
    private static final int MAX_SIGNER_THREADS = 64;
    private static final int MAX_IN_FLIGHT_BATCHES = 256;
    private static final int MAX_BATCH_MESSAGES = 1 << 16;

    /**
     * Checks every bound.
     *
     * @throws IllegalArgumentException naming all that are out of range
     */
    public PipelineOptions {
        final List<String> faults = new ArrayList<>();
        if (Integer.bitCount(ringSize) != 1) {
            faults.add("expected ringSize to be a power of two but was " + ringSize);
        }
        expect(faults, "ringSize", ringSize, 2, MAX_RING_SIZE);
        expect(faults, "signerThreads", signerThreads, 1, MAX_SIGNER_THREADS);
        expect(faults, "maxBatchBytes", maxBatchBytes, MIN_BATCH_BYTES, MAX_BATCH_BYTES);
        expect(faults, "maxBatchMessages", maxBatchMessages, 1, MAX_BATCH_MESSAGES);
        expect(faults, "maxInFlightBatches", maxInFlightBatches, 1, MAX_IN_FLIGHT_BATCHES);
        expect(
                faults,
                "maxUnconfirmedMessages",
                maxUnconfirmedMessages,
                1,
                LedgerLimits.CLUSTER.unconfirmed());
        expect(faults, "maxOutboxBytes", maxOutboxBytes, 1, Long.MAX_VALUE);
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", faults));
        }
    }

    /** Right for a node of a few cores: a full ring is about 10 ms of work. */
    public static PipelineOptions defaults() {
        return new PipelineOptions(
                8192, WaitStrategyName.BLOCKING, 2, 1 << 20, 1024, 4, 1 << 20, 1L << 30);
    }

    private static void expect(
            final List<String> faults,
            final String name,
            final long value,
            final long lowest,
            final long highest) {
        if (value < lowest || value > highest) {
            faults.add(
                    "expected %s from %d to %d but was %d".formatted(name, lowest, highest, value));
        }
    }
}
