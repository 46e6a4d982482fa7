package io.nelumbo.publisher.cli.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.publisher.devchain.ChainReport;
import io.nelumbo.publisher.devchain.RewrittenSlot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The audit must see each kind of broken promise: here each is broken once. */
final class AuditTest {
    private final List<JournalFacts.Message> messages =
            new ArrayList<>(List.of(message("a", 0), message("a", 1), message("b", 5)));
    private final List<Acknowledged> receipts =
            new ArrayList<>(List.of(receipt("a", 0), receipt("a", 1), receipt("b", 5)));
    private final Map<String, Map<Long, String>> landed =
            new HashMap<>(Map.of("a", Map.of(0L, "a0", 1L, "a1"), "b", Map.of(5L, "b5")));
    private final List<RewrittenSlot> rewritten = new ArrayList<>();

    @Test
    void shouldBeCleanWhenEverythingAgrees() {
        final DevnetReport report = audit(journal(messages));

        assertThat(report.isClean(options(3))).isTrue();
        assertThat(report.acknowledged()).isEqualTo(3);
        assertThat(report.confirmed()).isEqualTo(3);
        assertThat(report.findings()).isEmpty();
    }

    @Test
    void shouldFindALossWhenAReceiptIsInNoJournal() {
        receipts.add(receipt("b", 6));

        final DevnetReport report = audit(journal(messages));

        assertThat(report.lost()).isEqualTo(1);
        assertThat(report.isClean(options(4))).isFalse();
    }

    @Test
    void shouldFindALossWhenOneJournalOfThreeMissesTheMessage() {
        final DevnetReport report = audit(journal(messages.subList(0, 2)));

        assertThat(report.lost()).isEqualTo(1);
        assertThat(report.journalsIdentical()).isFalse();
    }

    @Test
    void shouldFindALossWhenTheChainNeverExecutedTheMessage() {
        landed.remove("b");

        final DevnetReport report = audit(journal(messages));

        assertThat(report.lost()).isEqualTo(1);
        assertThat(report.confirmed()).isEqualTo(2);
    }

    @Test
    void shouldFindADuplicateWhenANonceIsJournaledTwice() {
        messages.add(new JournalFacts.Message("a", 1, UUID.randomUUID(), "other"));

        assertThat(audit(journal(messages)).duplicates()).isPositive();
    }

    @Test
    void shouldFindADuplicateWhenARequestIdIsJournaledTwice() {
        messages.add(new JournalFacts.Message("a", 2, message("a", 1).requestId(), "a2"));

        assertThat(audit(journal(messages)).duplicates()).isPositive();
    }

    @Test
    void shouldFindADuplicateWhenTwoClientsWereToldTheSameNonce() {
        receipts.add(new Acknowledged(UUID.randomUUID(), "a", 1, "a1", 0, 1));

        assertThat(audit(journal(messages)).duplicates()).isEqualTo(1);
    }

    @Test
    void shouldFindAGapWhenANonceIsMissing() {
        messages.add(message("a", 3));

        // Each of three journals shows the hole.
        assertThat(audit(journal(messages)).gaps()).isEqualTo(3);
    }

    @Test
    void shouldFindRewrittenBytesWhenTheChainReceivedTwoForOneNonce() {
        rewritten.add(new RewrittenSlot("a", 0, List.of("a0", "x")));

        assertThat(audit(journal(messages)).rewritten()).isEqualTo(1);
    }

    @Test
    void shouldFindRewrittenBytesWhenTheChainExecutedOtherOnes() {
        landed.put("b", Map.of(5L, "foreign"));

        assertThat(audit(journal(messages)).rewritten()).isPositive();
    }

    @Test
    void shouldNotCallJournalsIdenticalWhenOneIsBrokenOrAllAreEmpty() {
        final JournalFacts whole = journal(messages);
        final JournalFacts broken =
                new JournalFacts(whole.recordHashes(), whole.messages(), "bad CRC");

        assertThat(audit(broken).journalsIdentical()).isFalse();
        final JournalFacts empty = new JournalFacts(List.of(), List.of(), null);
        final Audit nothing = new Audit(List.of(empty, empty, empty), chain());
        nothing.run(List.of());
        assertThat(nothing.report(0, null, List.of(), 0).journalsIdentical()).isFalse();
    }

    @Test
    void shouldNotBeCleanWhenAKillWasLeftOut() {
        final DevnetReport report = audit(journal(messages));
        final DevnetOptions killing =
                new DevnetOptions(Path.of("x"), 40, 1, 3, 1, 1, 0, 1_000, 1_000);

        assertThat(report.isClean(killing)).isFalse();
    }

    /** Two nodes have the whole journal, the third what is given. */
    private DevnetReport audit(final JournalFacts third) {
        final JournalFacts whole =
                third.messages().size() < messages.size() ? journal(messages) : third;
        final Audit audit = new Audit(List.of(whole, whole, third), chain());
        audit.run(receipts);
        return audit.report(receipts.size(), null, List.of(), 1);
    }

    private ChainReport chain() {
        return new ChainReport(9, 3, 3, rewritten, 0, landed);
    }

    private static JournalFacts journal(final List<JournalFacts.Message> messages) {
        return new JournalFacts(
                messages.stream().map(JournalFacts.Message::toString).toList(),
                List.copyOf(messages),
                null);
    }

    private static JournalFacts.Message message(final String from, final long nonce) {
        final Acknowledged receipt = receipt(from, nonce);
        return new JournalFacts.Message(from, nonce, receipt.requestId(), receipt.cid());
    }

    private static Acknowledged receipt(final String from, final long nonce) {
        final UUID requestId =
                UUID.nameUUIDFromBytes(
                        (from + nonce).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return new Acknowledged(requestId, from, nonce, from + nonce, 0, 1);
    }

    private static DevnetOptions options(final int messages) {
        return new DevnetOptions(Path.of("x"), messages, 1, 0, 1, 1, 0, 1_000, 1_000);
    }
}
