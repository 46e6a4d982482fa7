package io.nelumbo.publisher.cli.bench;

import io.nelumbo.publisher.cli.bench.Receipts.Receipt;
import io.nelumbo.publisher.cli.devnet.JournalFacts;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the journals of all nodes say about the receipts that clients hold.
 *
 * @param acknowledged receipts
 * @param lost receipts whose message is not in every journal, under its nonce and with its CID (I5)
 * @param duplicated receipts for a nonce that another receipt has, and nonces that a journal has
 *     twice (I1)
 * @param gaps nonces missing below an account's highest in a journal (I1)
 * @param journalsAgree whether each journal is whole, and none contradicts another (I7); one may
 *     end earlier, because nodes are stopped one after the other
 */
record Verdict(long acknowledged, long lost, long duplicated, long gaps, boolean journalsAgree) {

    static Verdict of(final List<Receipt> receipts, final List<JournalFacts> journals) {
        long duplicated = (long) receipts.size() - new HashSet<>(slots(receipts)).size();
        long gaps = 0;
        final Set<Receipt> missing = new HashSet<>();
        for (final JournalFacts journal : journals) {
            final Set<Receipt> journaled = new HashSet<>();
            final Map<String, Set<Long>> nonces = new HashMap<>();
            for (final JournalFacts.Message message : journal.messages()) {
                journaled.add(new Receipt(message.from(), message.nonce(), message.cid()));
                final boolean first =
                        nonces.computeIfAbsent(message.from(), from -> new HashSet<>())
                                .add(message.nonce());
                duplicated += first ? 0 : 1;
            }
            gaps += nonces.values().stream().mapToLong(Verdict::gaps).sum();
            receipts.stream().filter(receipt -> !journaled.contains(receipt)).forEach(missing::add);
        }
        return new Verdict(receipts.size(), missing.size(), duplicated, gaps, agree(journals));
    }

    /** Whether everything that was promised was kept. */
    boolean isClean() {
        return lost == 0 && duplicated == 0 && gaps == 0 && journalsAgree;
    }

    private static List<String> slots(final List<Receipt> receipts) {
        return receipts.stream().map(receipt -> receipt.from() + "/" + receipt.nonce()).toList();
    }

    private static long gaps(final Set<Long> nonces) {
        final long highest = nonces.stream().mapToLong(Long::longValue).max().orElse(-1);
        final long lowest = nonces.stream().mapToLong(Long::longValue).min().orElse(0);
        return highest - lowest + 1 - nonces.size();
    }

    private static boolean agree(final List<JournalFacts> journals) {
        List<String> longest = List.of();
        for (final JournalFacts journal : journals) {
            if (journal.recordHashes().size() > longest.size()) {
                longest = journal.recordHashes();
            }
        }
        for (final JournalFacts journal : journals) {
            final List<String> hashes = journal.recordHashes();
            if (journal.fault() != null
                    || hashes.isEmpty()
                    || !hashes.equals(longest.subList(0, hashes.size()))) {
                return false;
            }
        }
        return true;
    }
}
