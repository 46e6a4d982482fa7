package io.nelumbo.publisher.cli.bench;

import io.nelumbo.publisher.cli.devnet.JournalScan;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one thread. Holds the receipts against one journal after the other, and keeps of a
 * journal a bit for each message and eight bytes for each record.
 */
final class Judge {
    private final Receipts receipts;
    private final Map<String, BitSet> missing = new HashMap<>();
    private final RecordHashes hashes = new RecordHashes();
    private long duplicated;
    private long gaps;
    private boolean agree = true;

    /** A journal that can be read once. */
    @FunctionalInterface
    interface Journal {

        /** Tells all that is in it; returns why reading ended early, or null. */
        @Nullable String read(JournalScan.Reader reader);
    }

    Judge(final Receipts receipts) {
        this.receipts = receipts;
        this.duplicated = receipts.doubled();
    }

    /** One journal after the other; those that are not held count for nothing. */
    void hold(final Journal journal) {
        final JournalTally tally = new JournalTally(receipts, hashes);
        final String fault = journal.read(tally);
        duplicated += tally.doubled();
        gaps += tally.gaps();
        final boolean agrees = hashes.endJournal();
        agree &= agrees && fault == null;
        receipts.accounts().forEach((from, table) -> note(from, table, tally));
    }

    Verdict verdict() {
        return new Verdict(
                receipts.count(),
                receipts.strays() + missing.values().stream().mapToLong(BitSet::cardinality).sum(),
                duplicated,
                gaps,
                agree);
    }

    /** Once for a receipt, however many journals lack it. */
    private void note(final String from, final NonceTable table, final JournalTally tally) {
        for (int nonce = 0; nonce < table.end(); nonce++) {
            if (table.of(nonce) != 0 && !tally.keeps(from, nonce)) {
                missing.computeIfAbsent(from, unused -> new BitSet()).set(nonce);
            }
        }
    }
}
