package io.nelumbo.statemachine.replay;

import io.nelumbo.journal.JournalReader;
import io.nelumbo.journal.JournalRecord;
import io.nelumbo.journal.ReadAhead;
import io.nelumbo.journal.codec.BatchDecoder;
import io.nelumbo.statemachine.ledger.ApplyOutcome;
import io.nelumbo.statemachine.ledger.Ledger;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Folds a journal into a ledger. What is read is verified first: CRC, hash chain, order, then every
 * byte of each batch, then every rule of the ledger. Reading and verifying run on a thread of their
 * own, ahead of applying, because each takes about as long as the other.
 *
 * @param ledger what the journal's batches make of an empty one
 * @param records journal records applied
 */
public record Replay(Ledger ledger, long records) {

    /** Bounds what is verified and not applied yet. */
    private static final int RECORDS_AHEAD = 64;

    /**
     * Applies every batch of a journal to an empty ledger. Reads to the journal's end; blocks.
     *
     * @param journal at its first record; still open on return
     * @throws io.nelumbo.journal.JournalFailure if the journal is broken; it names the place
     * @throws ReplayRefused if a batch does not apply
     * @throws io.nelumbo.journal.codec.UnknownEvent if a newer version wrote a batch: use that one
     */
    public static Replay of(final JournalReader journal) {
        final Ledger ledger = new Ledger();
        final BatchDecoder batch = new BatchDecoder();
        long records = 0;
        try (ReadAhead ahead = ReadAhead.of(journal, RECORDS_AHEAD)) {
            JournalRecord record = ahead.next();
            while (record != null) {
                apply(ledger, batch, record);
                records++;
                record = ahead.next();
            }
        }
        return new Replay(ledger, records);
    }

    private static void apply(
            final Ledger ledger, final BatchDecoder batch, final JournalRecord record) {
        batch.wrap(new UnsafeBuffer(record.payload()), 0, record.payload().length);
        final ApplyOutcome outcome = ledger.apply(record.raftTerm(), batch);
        if (!(outcome instanceof ApplyOutcome.Applied)) {
            throw new ReplayRefused(
                    "expected the batch of Raft index "
                            + record.raftIndex()
                            + " to apply but was "
                            + outcome);
        }
    }
}
