package io.nelumbo.publisher.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.publisher.cli.bench.Receipts.Receipt;
import io.nelumbo.publisher.cli.devnet.JournalFacts;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class VerdictTest {
    private static final List<Receipt> RECEIPTS =
            List.of(new Receipt("t1a", 0, "bafy0"), new Receipt("t1a", 1, "bafy1"));

    private final JournalFacts whole = journal(2, null, message(0, "bafy0"), message(1, "bafy1"));

    @Test
    void shouldBeCleanWhenEveryJournalHasEveryReceipt() {
        // given: one journal that others' next record did not reach
        final JournalFacts longer =
                journal(3, null, message(0, "bafy0"), message(1, "bafy1"), message(2, "bafy2"));

        // when
        final Verdict verdict = Verdict.of(RECEIPTS, List.of(whole, longer, whole));

        // then
        assertThat(verdict).isEqualTo(new Verdict(2, 0, 0, 0, true));
        assertThat(verdict.isClean()).isTrue();
    }

    /** I5 */
    @Test
    void shouldCountAReceiptAsLostOnceWhenJournalsMissIt() {
        final JournalFacts first = journal(1, null, message(0, "bafy0"));

        final Verdict verdict = Verdict.of(RECEIPTS, List.of(first, whole, first));

        assertThat(verdict.lost()).isEqualTo(1);
        assertThat(verdict.isClean()).isFalse();
    }

    /** I2 */
    @Test
    void shouldCountAReceiptAsLostWhenItsNonceHasOtherBytes() {
        final JournalFacts other = journal(2, null, message(0, "bafy0"), message(1, "other"));

        assertThat(Verdict.of(RECEIPTS, List.of(whole, other)).lost()).isEqualTo(1);
    }

    /** I1 */
    @Test
    void shouldCountTwoMessagesOfOneNonceAndWhatIsMissingBelow() {
        final JournalFacts twice = journal(2, null, message(0, "bafy0"), message(0, "bafy0"));
        final JournalFacts hole = journal(2, null, message(0, "bafy0"), message(2, "bafy2"));

        assertThat(Verdict.of(List.of(), List.of(twice)).duplicated()).isEqualTo(1);
        assertThat(Verdict.of(List.of(), List.of(hole)).gaps()).isEqualTo(1);
    }

    @Test
    void shouldCountTwoReceiptsForOneNonce() {
        final List<Receipt> twice = List.of(RECEIPTS.get(0), new Receipt("t1a", 0, "other"));

        assertThat(Verdict.of(twice, List.of(whole)).duplicated()).isEqualTo(1);
    }

    /** I7 */
    @Test
    void shouldSayThatJournalsDisagreeWhenRecordsDifferOrOneIsBrokenOrEmpty() {
        final JournalFacts broken = journal(2, "torn", message(0, "bafy0"), message(1, "bafy1"));
        final JournalFacts other = new JournalFacts(List.of("x", "y"), whole.messages(), null);
        final JournalFacts empty = journal(0, null);

        assertThat(Verdict.of(RECEIPTS, List.of(whole, broken)).journalsAgree()).isFalse();
        assertThat(Verdict.of(RECEIPTS, List.of(whole, other)).journalsAgree()).isFalse();
        assertThat(Verdict.of(List.of(), List.of(whole, empty)).journalsAgree()).isFalse();
    }

    private static JournalFacts journal(
            final int records, final @Nullable String fault, final JournalFacts.Message... all) {
        final List<String> hashes = List.of("a", "b", "c").subList(0, records);
        return new JournalFacts(hashes, Arrays.asList(all), fault);
    }

    private static JournalFacts.Message message(final long nonce, final String cid) {
        return new JournalFacts.Message("t1a", nonce, UUID.randomUUID(), cid);
    }
}
