package io.nelumbo.bench.stage;

import io.nelumbo.journal.codec.BatchDecoder;
import io.nelumbo.journal.codec.BatchEncoder;
import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.journal.event.Event;
import java.nio.ByteBuffer;

/**
 * The batches of one long run, in order, each checked as a batch that arrives: the epoch opens, the
 * accounts open, and then come messages for ever, {@value PreparedBatch#MESSAGES} a batch. Owned by
 * one thread. Once messages come it makes no garbage.
 */
public final class SteadyLoad {

    /** Raft term and epoch of all. */
    public static final long TERM = 1;

    private static final int ACCOUNTS_PER_BATCH = 1024;
    private static final long START_NS = 1_700_000_000_000_000_000L;
    private static final long BATCH_NS = 1_000_000;

    private final int accounts;
    private final long retainedIds;
    private final PreparedBatch filling;
    private final PreparedBatch steady;
    private final BatchEncoder opening = new BatchEncoder(1 << 20);
    private final BatchDecoder decoder = new BatchDecoder();
    private boolean epochOpened;
    private int accountsOpened;
    private long sequence;
    private long timestampNs = START_NS;
    private long messages;

    /**
     * @param accounts number of accounts
     * @param confirms whether each batch confirms all that it brings; then {@code accounts} divides
     *     {@value PreparedBatch#MESSAGES}
     * @param retainedIds request ids that are kept; from then on as many expire as come
     */
    public SteadyLoad(final int accounts, final boolean confirms, final long retainedIds) {
        this.accounts = accounts;
        this.retainedIds = retainedIds;
        filling = new PreparedBatch(accounts, confirms, false);
        steady = new PreparedBatch(accounts, confirms, true);
    }

    /** The next batch, valid until the next call. */
    public BatchDecoder next() {
        timestampNs += BATCH_NS;
        final BatchDecoder next = epochOpened && accountsOpened == accounts ? message() : open();
        sequence += next.count();
        return next;
    }

    /** Messages so far. */
    public long messages() {
        return messages;
    }

    /** Whether ids expire by now, so that from here on nothing grows. */
    public boolean isSteady() {
        return messages > retainedIds;
    }

    private BatchDecoder message() {
        final PreparedBatch batch = isSteady() ? steady : filling;
        final long retained = retainedIds / PreparedBatch.MESSAGES * filling.events();
        batch.moveTo(messages, sequence, timestampNs, sequence - retained);
        messages += PreparedBatch.MESSAGES;
        return batch.checked();
    }

    private BatchDecoder open() {
        opening.begin(TERM, sequence, timestampNs);
        if (!epochOpened) {
            opening.append(new Event.EpochOpened(TERM, "leader"));
            epochOpened = true;
        } else {
            final int end = Math.min(accounts, accountsOpened + ACCOUNTS_PER_BATCH);
            while (accountsOpened < end) {
                final byte[] address = ByteBuffer.allocate(21).putInt(accountsOpened).array();
                opening.append(
                        new Event.AccountOpened(accountsOpened, ChainKind.FILECOIN, address, 0));
                accountsOpened++;
            }
        }
        return decoder.wrap(opening.buffer(), 0, opening.length());
    }
}
