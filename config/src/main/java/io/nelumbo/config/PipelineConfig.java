package io.nelumbo.config;

import java.util.List;
import java.util.Locale;

/**
 * {@code [Pipeline]}: the ring and what leaves it.
 *
 * @param ringSize slots, a power of two
 * @param signerThreads 0 lets the node choose by its processors
 * @param maxUnconfirmedMessages over all accounts; beyond, clients are told to come back later
 * @param maxOutboxBytes bytes of unconfirmed messages; beyond, clients are told to come back later
 */
public record PipelineConfig(
        int ringSize,
        WaitStrategy waitStrategy,
        int signerThreads,
        int maxBatchBytes,
        int maxBatchMessages,
        int maxInFlightBatches,
        int maxUnconfirmedMessages,
        long maxOutboxBytes) {

    /** How the ring's threads wait for work: from kind to the processor to quick. */
    public enum WaitStrategy {
        BLOCKING,
        SLEEPING,
        YIELDING,
        BUSY_SPIN;

        /** As the configuration writes it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Ratis refuses an entry above 4 MiB and deposes the leader for it; leave room for framing. */
    private static final long MAX_ENTRY_BYTES = 4_000_000;

    /** The longest signed message (128 KiB) with its event must fit into a batch alone. */
    private static final long MIN_BATCH_BYTES = 256 * 1024;

    static final Key<Long> RING_SIZE =
            Key.integer(
                            "RingSize",
                            65_536,
                            64,
                            1 << 20,
                            "Requests that can be on their way through the pipeline at once. A"
                                    + " full ring answers Overloaded.")
                    .and(slots -> Long.bitCount(slots) == 1, "a power of two");
    static final Key<WaitStrategy> WAIT_STRATEGY =
            Key.choice(
                    "WaitStrategy",
                    WaitStrategy.BLOCKING,
                    "How the pipeline's threads wait for work: \"blocking\" and \"sleeping\" are"
                            + " kind to the processor, \"yielding\" and \"busy-spin\" take a core"
                            + " per thread and answer some microseconds sooner.");
    static final Key<Long> SIGNER_THREADS =
            Key.integer(
                    "SignerThreads",
                    0,
                    0,
                    64,
                    "Threads that sign. 0: one for every two processors, at least one.");
    static final Key<Long> MAX_BATCH_BYTES =
            Key.integer(
                    "MaxBatchBytes",
                    1024 * 1024,
                    MIN_BATCH_BYTES,
                    MAX_ENTRY_BYTES,
                    "Bytes of one batch, which is one Raft entry.");
    static final Key<Long> MAX_BATCH_MESSAGES =
            Key.integer("MaxBatchMessages", 1024, 1, 65_536, "Messages of one batch.");
    static final Key<Long> MAX_IN_FLIGHT_BATCHES =
            Key.integer(
                    "MaxInFlightBatches",
                    4,
                    1,
                    64,
                    "Batches that are submitted and not yet committed. More than the disk needs"
                            + " only adds latency.");
    static final Key<Long> MAX_UNCONFIRMED_MESSAGES =
            Key.integer(
                    "MaxUnconfirmedMessages",
                    1_000_000,
                    1,
                    10_000_000,
                    "Messages that are committed and not yet confirmed on chain, over all"
                            + " accounts. At the bound a push is answered Overloaded.");
    static final Key<Long> MAX_OUTBOX_BYTES =
            Key.integer(
                    "MaxOutboxBytes",
                    256L * 1024 * 1024,
                    1024 * 1024,
                    64L * 1024 * 1024 * 1024,
                    "Bytes of those messages; they are held in memory. At the bound a push is"
                            + " answered Overloaded.");
    static final Section SECTION =
            new Section(
                    "Pipeline",
                    false,
                    "From a request to a replicated batch.",
                    List.of(
                            RING_SIZE,
                            WAIT_STRATEGY,
                            SIGNER_THREADS,
                            MAX_BATCH_BYTES,
                            MAX_BATCH_MESSAGES,
                            MAX_IN_FLIGHT_BATCHES,
                            MAX_UNCONFIRMED_MESSAGES,
                            MAX_OUTBOX_BYTES));

    static PipelineConfig from(final Values values) {
        return new PipelineConfig(
                values.getInt(SECTION, RING_SIZE),
                values.get(SECTION, WAIT_STRATEGY),
                values.getInt(SECTION, SIGNER_THREADS),
                values.getInt(SECTION, MAX_BATCH_BYTES),
                values.getInt(SECTION, MAX_BATCH_MESSAGES),
                values.getInt(SECTION, MAX_IN_FLIGHT_BATCHES),
                values.getInt(SECTION, MAX_UNCONFIRMED_MESSAGES),
                values.get(SECTION, MAX_OUTBOX_BYTES));
    }
}
