package io.nelumbo.bench.scale;

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

    /** All of its time, with whatever the collector took of it. */
    private static double nsPerMessage(final int accounts) {
        final FullLedger full = new FullLedger(accounts);
        final long before = full.messages();
        long ns = 0;
        while (full.messages() < MESSAGES) {
            ns += full.applyBatch();
        }
        return ns / (double) (full.messages() - before);
    }
}
