package io.nelumbo.bench.scale;

import io.nelumbo.bench.stage.PreparedBatch;
import org.HdrHistogram.Histogram;

/**
 * One account or a million: what a message costs the applying thread. Both begin with an empty
 * outbox, fill the same, and confirm nothing; side by side, in turn, in one process.
 */
final class AccountScale {

    private static final int ROUNDS = 4;
    private static final long MESSAGES = 3_000_000;
    private static final int MANY = 1_000_000;

    private AccountScale() {}

    static void run() {
        for (int round = 0; round < ROUNDS; round++) {
            final double one = nsPerMessage(1);
            final double many = nsPerMessage(MANY);
            Scale.print(
                    "round %d: 1 account %.0f ns, %d accounts %.0f ns, throughput x %.2f",
                    round, one, MANY, many, one / many);
        }
    }

    /** The median over the batches, so that the collector's pauses are in neither figure. */
    private static double nsPerMessage(final int accounts) {
        final FullLedger full = new FullLedger(accounts);
        final Histogram batchesNs = new Histogram(3);
        while (full.messages() < MESSAGES) {
            batchesNs.recordValue(full.applyBatch());
        }
        return batchesNs.getValueAtPercentile(50) / (double) PreparedBatch.MESSAGES;
    }
}
