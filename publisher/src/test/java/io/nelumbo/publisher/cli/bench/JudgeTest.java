package io.nelumbo.publisher.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.event.Event;
import io.nelumbo.journal.event.RequestId;
import io.nelumbo.publisher.chain.filecoin.Cid;
import io.nelumbo.publisher.cli.devnet.JournalScan;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class JudgeTest {
    private static final String ACCOUNT = "t1a";

    private final Receipts receipts = new Receipts();

    private record Message(long nonce, int bytes) {}

    /** A journal whose records have these bytes for a hash. */
    private record Written(List<Integer> records, List<Message> messages, @Nullable String fault)
            implements Judge.Journal {
        @Override
        public @Nullable String read(final JournalScan.Reader reader) {
            records.forEach(record -> reader.onRecord(digest(record)));
            for (final Message message : messages) {
                reader.onMessage(
                        ACCOUNT,
                        new Event.MessageSequenced(
                                0,
                                message.nonce(),
                                new RequestId(1, message.nonce()),
                                new byte[32],
                                new byte[8],
                                new byte[8],
                                new byte[0],
                                digest(message.bytes())));
            }
            return fault;
        }
    }

    private static Written journal(final int records, final Message... messages) {
        return new Written(List.of(1, 2, 3).subList(0, records), Arrays.asList(messages), null);
    }

    private static byte[] digest(final int bytes) {
        final byte[] digest = new byte[Cid.DIGEST_BYTES];
        Arrays.fill(digest, (byte) bytes);
        return digest;
    }

    private void acknowledge(final long nonce, final int bytes) {
        receipts.onReceipt(ACCOUNT, nonce, Cid.ofDigest(digest(bytes)).text());
    }

    private Verdict verdict(final Judge.Journal... journals) {
        final Judge judge = new Judge(receipts);
        for (final Judge.Journal journal : journals) {
            judge.hold(journal);
        }
        return judge.verdict();
    }

    private final Written whole = journal(2, new Message(0, 10), new Message(1, 11));

    @Test
    void shouldBeCleanWhenEveryJournalHasEveryReceipt() {
        // given: one journal that others' next record did not reach
        acknowledge(0, 10);
        acknowledge(1, 11);
        final Written longer =
                journal(3, new Message(0, 10), new Message(1, 11), new Message(2, 12));

        // when
        final Verdict verdict = verdict(whole, longer, whole);

        // then
        assertThat(verdict).isEqualTo(new Verdict(2, 0, 0, 0, true));
        assertThat(verdict.isClean()).isTrue();
    }

    /** Whose digest begins with zeros, which stand for no receipt elsewhere. */
    @Test
    void shouldFindAMessageWhateverItsDigest() {
        acknowledge(0, 0);

        assertThat(verdict(journal(1, new Message(0, 0))).isClean()).isTrue();
        assertThat(verdict(journal(1)).lost()).isEqualTo(1);
    }

    /** I5 */
    @Test
    void shouldCountAReceiptAsLostOnceWhenJournalsMissIt() {
        acknowledge(0, 10);
        acknowledge(1, 11);
        final Written first = journal(1, new Message(0, 10));

        final Verdict verdict = verdict(first, whole, first);

        assertThat(verdict.lost()).isEqualTo(1);
        assertThat(verdict.isClean()).isFalse();
    }

    /** I2 */
    @Test
    void shouldCountAReceiptAsLostWhenItsNonceHasOtherBytes() {
        acknowledge(1, 11);

        assertThat(verdict(whole, journal(2, new Message(0, 10), new Message(1, 99))).lost())
                .isEqualTo(1);
    }

    /** I1 */
    @Test
    void shouldCountTwoMessagesOfOneNonceAndWhatIsMissingBelow() {
        assertThat(verdict(journal(2, new Message(0, 10), new Message(0, 10))).duplicated())
                .isEqualTo(1);
        assertThat(verdict(journal(2, new Message(0, 10), new Message(2, 12))).gaps()).isEqualTo(1);
        assertThat(verdict(journal(1, new Message(-1, 10))).isClean()).isFalse();
    }

    @Test
    void shouldCountTwoReceiptsForOneNonceAndOneForANonceThatNobodyReached() {
        acknowledge(0, 10);
        acknowledge(0, 99);
        acknowledge(-1, 10);

        final Verdict verdict = verdict(whole);

        assertThat(verdict.duplicated()).isEqualTo(1);
        assertThat(verdict.lost()).isEqualTo(1);
        assertThat(verdict.acknowledged()).isEqualTo(3);
    }

    @Test
    void shouldKeepManyReceiptsInAnyOrder() {
        for (int nonce = 99_999; nonce >= 0; nonce--) {
            acknowledge(nonce, nonce % 100);
        }
        final Message[] messages = new Message[100_000];
        Arrays.setAll(messages, nonce -> new Message(nonce, nonce % 100));

        assertThat(verdict(journal(1, messages)).isClean()).isTrue();
    }

    /** I7 */
    @Test
    void shouldSayThatJournalsDisagreeWhenRecordsDifferOrOneIsBrokenOrEmpty() {
        final Written broken = new Written(whole.records(), whole.messages(), "torn");
        final Written other = new Written(List.of(1, 9), whole.messages(), null);
        final Written longer = journal(3, new Message(0, 10), new Message(1, 11));

        assertThat(verdict(whole, broken).journalsAgree()).isFalse();
        assertThat(verdict(whole, other).journalsAgree()).isFalse();
        assertThat(verdict(other, longer, whole).journalsAgree()).isFalse();
        assertThat(verdict(whole, journal(0)).journalsAgree()).isFalse();
        assertThat(verdict(broken, whole, longer).journalsAgree()).isFalse();
    }
}
