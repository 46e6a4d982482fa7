package io.nelumbo.statemachine.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.journal.event.Event;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** I1, I2 and I9: which nonces there are, what bytes they mean, and how they end. */
final class NonceRulesTest {

    private final TestCluster cluster = TestCluster.withAccounts(2);
    private final Ledger ledger = cluster.ledger();

    @Test
    void shouldRejectI1WhenANonceIsSkippedOrUsedTwice() {
        cluster.with(Events.message(0, 0, 1))
                .refuses("the next nonce", Events.message(0, 0, 2))
                .refuses("the next nonce", Events.message(0, 2, 2))
                .refuses("the next nonce", Events.message(0, -1, 2))
                .with(Events.message(0, 1, 2));
    }

    @Test
    void shouldBeginI1AtTheFirstNonceWhenAnAccountIsNotNew() {
        cluster.with(Events.account(2, 500), Events.message(2, 500, 1))
                .refuses("the next nonce", Events.message(2, 500, 2))
                .with(Events.message(2, 501, 2));

        assertThat(ledger.account(2).firstNonce()).isEqualTo(500);
        assertThat(ledger.nextNonce(2)).isEqualTo(502);
    }

    @Test
    void shouldRejectWhenTheAccountIsUnknown() {
        cluster.refuses("an account below 2 but was 2", Events.message(2, 0, 1))
                .refuses("an account below", Events.confirmed(2, 1))
                .refuses("an account below", Events.halted(Integer.MAX_VALUE, "why"));
    }

    @Test
    void shouldRejectWhenAnAccountIsOpenedTwiceOrOutOfOrder() {
        cluster.refuses("account id", Events.account(3, 0))
                .refuses("account id", Events.account(1, 0))
                .refuses("the address", sameAddress(2, 1))
                .refuses("the address", Events.account(2, 0), sameAddress(3, 2));
    }

    @Test
    void shouldKeepFormerHashesI2WhenAMessageIsReplacedAndThenFilled() {
        // given
        cluster.with(Events.message(0, 0, 1));

        // when
        cluster.with(Events.replaced(0, 0, 2), Events.filled(0, 0, 3));

        // then
        final LedgerView.OutboxMessage message = Objects.requireNonNull(ledger.message(0, 0));
        assertThat(message.signedBytes()).isEqualTo(Events.signedBytes(3));
        assertThat(message.hash()).isEqualTo(Events.hash("message", 3));
        assertThat(message.formerHashes())
                .containsExactly(Events.hash("message", 1), Events.hash("message", 2));
        assertThat(message.filled()).isTrue();
        assertThat(message.sequence()).isEqualTo(ledger.nextSequence() - 1);
        assertThat(ledger.outboxBytes()).isEqualTo(Events.signedBytes(3).length);
    }

    @Test
    void shouldRejectI2WhenBytesChangeAfterTheNonceEnded() {
        cluster.with(Events.message(0, 0, 1), Events.message(0, 1, 2))
                .with(Events.confirmed(0, 1), Events.displaced(0, 1));
        for (final long ended : new long[] {0, 1, 2}) {
            cluster.refuses("neither confirmed nor displaced", Events.replaced(0, ended, 3))
                    .refuses("neither confirmed nor displaced", Events.filled(0, ended, 3));
        }
    }

    @Test
    void shouldRejectI9WhenAFilledNonceIsReplaced() {
        cluster.with(Events.message(0, 0, 1), Events.filled(0, 0, 2))
                .refuses("fillings", Events.replaced(0, 0, 3))
                .with(Events.filled(0, 0, 3));
    }

    @Test
    void shouldRejectI9WhenAMessageIsDisplacedAfterItWasConfirmedOrDisplaced() {
        cluster.with(Events.message(0, 0, 1), Events.message(0, 1, 2))
                .with(Events.confirmed(0, 1), Events.displaced(0, 1))
                .refuses("neither confirmed nor displaced", Events.displaced(0, 0))
                .refuses("neither confirmed nor displaced", Events.displaced(0, 1));
    }

    @Test
    void shouldUseUpTheNextNonceWhenSomebodyElseTookIt() {
        // when
        cluster.with(Events.displaced(0, 0));

        // then
        assertThat(ledger.nextNonce(0)).isEqualTo(1);
        assertThat(ledger.message(0, 0)).isNull();
        assertThat(ledger.unconfirmedMessages()).isZero();
        cluster.refuses("neither confirmed nor displaced", Events.displaced(0, 2))
                .with(Events.message(0, 1, 1), Events.confirmed(0, 2));
    }

    @Test
    void shouldRejectWhenAConfirmationStandsStillOrRunsAhead() {
        cluster.with(Events.message(0, 0, 1), Events.message(0, 1, 2), Events.confirmed(0, 1))
                .refuses("a confirmation above", Events.confirmed(0, 1))
                .refuses("a confirmation above", Events.confirmed(0, 0))
                .refuses("a confirmation up to", Events.confirmed(0, 3))
                .refuses("a confirmation up to", Events.confirmed(0, -1))
                .with(Events.confirmed(0, 2));
    }

    @Test
    void shouldCompareNoncesUnsignedWhenTheyAreHuge() {
        cluster.with(Events.account(2, Long.MAX_VALUE))
                .with(Events.message(2, Long.MAX_VALUE, 1), Events.message(2, Long.MIN_VALUE, 2))
                .refuses("a confirmation up to", Events.confirmed(2, Long.MIN_VALUE + 2))
                .with(Events.confirmed(2, Long.MIN_VALUE + 1))
                .with(Events.reorged(2, Long.MAX_VALUE));

        assertThat(ledger.unconfirmed(2, 0, 9, 1 << 20)).hasSize(2);
    }

    @Test
    void shouldNeverUseTheLastNonceWhenItIsReached() {
        cluster.with(Events.account(2, -2), Events.message(2, -2, 1))
                .refuses("a nonce below", Events.message(2, -1, 2))
                .refuses("a nonce below", Events.displaced(2, -1));
    }

    private static Event sameAddress(final int accountId, final int addressOf) {
        return new Event.AccountOpened(accountId, ChainKind.FILECOIN, Events.address(addressOf), 0);
    }
}
