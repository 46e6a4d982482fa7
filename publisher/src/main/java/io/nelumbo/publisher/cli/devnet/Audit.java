package io.nelumbo.publisher.cli.devnet;

import io.nelumbo.publisher.devchain.ChainReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one thread. Holds receipts, journals and the chain against each other, and counts what
 * does not agree. Each finding is also a sentence.
 */
final class Audit {
    private static final int MAX_FINDINGS = 20;

    private final List<String> findings = new ArrayList<>();
    private final List<JournalFacts> journals;
    private final ChainReport chain;
    private long duplicates;
    private long gaps;
    private long lost;
    private long rewritten;
    private long acknowledged;
    private long confirmed;

    Audit(final List<JournalFacts> journals, final ChainReport chain) {
        this.journals = List.copyOf(journals);
        this.chain = chain;
    }

    /** Something that the counts do not show. */
    void note(final String finding) {
        find(finding);
    }

    /** Counts everything, for these receipts. */
    void run(final List<Acknowledged> receipts) {
        journals.forEach(journal -> countWithin(journal.messages()));
        journals.forEach(journal -> countOnChain(journal.messages()));
        final List<Map<UUID, JournalFacts.Message>> byRequest =
                journals.stream().map(journal -> byRequest(journal.messages())).toList();
        receipts.forEach(receipt -> countReceipt(receipt, byRequest));
        countReceiptsTwice(receipts);
        for (final var slot : chain.rewritten()) {
            rewritten++;
            find("the chain received different bytes for " + slot);
        }
        confirmed =
                journals.stream().mapToLong(journal -> landed(journal.messages())).min().orElse(0);
    }

    DevnetReport report(
            final long sent,
            final @Nullable Long readyMs,
            final List<Long> failoverMs,
            final long messagesPerSecond) {
        final boolean identical = journalsIdentical();
        return new DevnetReport(
                sent,
                acknowledged,
                confirmed,
                duplicates,
                gaps,
                lost,
                rewritten,
                identical,
                readyMs,
                failoverMs,
                messagesPerSecond,
                List.copyOf(findings));
    }

    /** Record for record, and none of them broken or empty. */
    private boolean journalsIdentical() {
        final JournalFacts first = journals.get(0);
        boolean identical = !first.recordHashes().isEmpty();
        for (int i = 0; i < journals.size(); i++) {
            final JournalFacts journal = journals.get(i);
            if (journal.fault() != null) {
                identical = false;
                find("journal of node " + i + " is broken: " + journal.fault());
            }
            if (!journal.recordHashes().equals(first.recordHashes())) {
                identical = false;
                find(
                        "journal of node %d has %d records, that of node 0 has %d, and they differ"
                                .formatted(
                                        i,
                                        journal.recordHashes().size(),
                                        first.recordHashes().size()));
            }
        }
        return identical;
    }

    /** Each journal alone: nonces without repeat or hole, request ids once. */
    private void countWithin(final List<JournalFacts.Message> messages) {
        final Set<UUID> requests = new HashSet<>();
        final Map<String, TreeSet<Long>> nonces = new HashMap<>();
        for (final JournalFacts.Message message : messages) {
            if (!requests.add(message.requestId())) {
                duplicates++;
                find("request id journaled twice: " + message);
            }
            if (!nonces.computeIfAbsent(message.from(), from -> new TreeSet<>())
                    .add(message.nonce())) {
                duplicates++;
                find("nonce journaled twice: " + message);
            }
        }
        nonces.forEach(this::countGaps);
    }

    private void countGaps(final String from, final NavigableSet<Long> nonces) {
        final long missing = nonces.last() - nonces.first() + 1 - nonces.size();
        if (missing > 0) {
            gaps += missing;
            find(missing + " nonces missing in the lane of " + from);
        }
    }

    /** Journal against chain: the same bytes at the same nonce, and nothing in between. */
    private void countOnChain(final List<JournalFacts.Message> messages) {
        for (final JournalFacts.Message message : messages) {
            final String cid = landedCid(message.from(), message.nonce());
            if (!cid.isEmpty() && !cid.equals(message.cid())) {
                rewritten++;
                find("the chain executed " + cid + " instead of " + message);
            }
        }
    }

    private long landed(final List<JournalFacts.Message> messages) {
        return messages.stream()
                .filter(message -> landedCid(message.from(), message.nonce()).equals(message.cid()))
                .count();
    }

    private void countReceipt(
            final Acknowledged receipt, final List<Map<UUID, JournalFacts.Message>> byRequest) {
        final JournalFacts.Message promised =
                new JournalFacts.Message(
                        receipt.from(), receipt.nonce(), receipt.requestId(), receipt.cid());
        boolean everywhere = true;
        for (final Map<UUID, JournalFacts.Message> journal : byRequest) {
            everywhere &= promised.equals(journal.get(receipt.requestId()));
        }
        final boolean onChain = landedCid(receipt.from(), receipt.nonce()).equals(receipt.cid());
        if (everywhere) {
            acknowledged++;
        }
        if (!everywhere || !onChain) {
            lost++;
            find(
                    "receipt without its message %s: %s"
                            .formatted(everywhere ? "on the chain" : "in every journal", receipt));
        }
    }

    /** Two receipts for one nonce would be two clients told the same. */
    private void countReceiptsTwice(final List<Acknowledged> receipts) {
        final Set<String> slots = new HashSet<>();
        for (final Acknowledged receipt : receipts) {
            if (!slots.add(receipt.from() + "/" + receipt.nonce())) {
                duplicates++;
                find("two receipts for one nonce: " + receipt);
            }
        }
    }

    private String landedCid(final String from, final long nonce) {
        return chain.landed().getOrDefault(from, Map.of()).getOrDefault(nonce, "");
    }

    private static Map<UUID, JournalFacts.Message> byRequest(
            final List<JournalFacts.Message> messages) {
        final Map<UUID, JournalFacts.Message> byRequest = new HashMap<>();
        messages.forEach(message -> byRequest.put(message.requestId(), message));
        return byRequest;
    }

    private void find(final String finding) {
        if (findings.size() < MAX_FINDINGS) {
            findings.add(finding);
        }
    }
}
