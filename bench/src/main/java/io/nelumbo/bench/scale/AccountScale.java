package io.nelumbo.bench.scale;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.HdrHistogram.Histogram;

/**
 * One account or many: what a message costs the applying thread. Two ledgers stand side by side in
 * one process and take turns, a few milliseconds each, so that whatever the machine does, it does
 * to both; the figure is the median of what each pair of turns says. Both fill and confirm nothing.
 *
 * <p>Not in it: the first message of each account, which makes its slots, and pairs of turns in
 * which the collector ran, because the bytes that made it run were taken in both. The main thread.
 */
final class AccountScale {

    private static final int BATCHES_IN_TURN = 32;
    private static final double THOUSAND = 1000;

    /** Messages of each account that count, after its first. */
    private static final int MESSAGES_OF_EACH = 3;

    private final FullLedger one = new FullLedger(1);
    private final FullLedger many;
    private final Histogram oneNs = new Histogram(3);
    private final Histogram manyNs = new Histogram(3);

    /** What many take of what one takes, in thousandths. */
    private final Histogram ratio = new Histogram(3);

    private int leftOut;

    private AccountScale(final int accounts) {
        many = new FullLedger(accounts);
    }

    /**
     * Runs it.
     *
     * @param accounts of the one ledger; the other has one
     */
    static ObjectNode run(final int accounts) {
        // The code warms up on ledgers that are thrown away.
        new AccountScale(accounts / 10).fill(accounts);
        final AccountScale measured = new AccountScale(accounts);
        measured.fill(accounts);
        return measured.figures(accounts);
    }

    private void fill(final int accounts) {
        one.fillTo(accounts);
        many.fillTo(accounts);
        while (many.messages() < (1L + MESSAGES_OF_EACH) * accounts) {
            final long before = Collections.soFar();
            final long oneTook = turn(one);
            final long manyTook = turn(many);
            if (Collections.soFar() == before) {
                oneNs.recordValue(oneTook);
                manyNs.recordValue(manyTook);
                ratio.recordValue(Math.round(THOUSAND * manyTook / oneTook));
            } else {
                leftOut++;
            }
        }
    }

    /** Nanoseconds for a thousand messages. */
    private static long turn(final FullLedger full) {
        final long before = full.messages();
        long ns = 0;
        for (int n = 0; n < BATCHES_IN_TURN; n++) {
            ns += full.applyBatch();
        }
        return Math.round(THOUSAND * ns / (full.messages() - before));
    }

    private ObjectNode figures(final int accounts) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("accounts", accounts)
                .put("oneNs", oneNs.getValueAtPercentile(50) / THOUSAND)
                .put("manyNs", manyNs.getValueAtPercentile(50) / THOUSAND)
                .put("ratio", ratio.getValueAtPercentile(50) / THOUSAND)
                .put("ratioP10", ratio.getValueAtPercentile(10) / THOUSAND)
                .put("ratioP90", ratio.getValueAtPercentile(90) / THOUSAND)
                .put("pairs", ratio.getTotalCount())
                .put("pairsLeftOut", leftOut);
    }
}
