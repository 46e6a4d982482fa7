package io.nelumbo.statemachine.ledger;

import static io.nelumbo.statemachine.ledger.ApplyOutcome.Applied.APPLIED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.statemachine.ledger.LedgerView.OutboxMessage;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class LedgerTest {

    @Test
    void shouldBeEmptyWhenNew() {
        final Ledger ledger = new Ledger();

        assertThat(ledger.epoch()).isZero();
        assertThat(ledger.nextSequence()).isZero();
        assertThat(ledger.lastTimestampNs()).isZero();
        assertThat(ledger.clusterVersion()).isEqualTo(1);
        assertThat(ledger.accountCount()).isZero();
        assertThat(ledger.requestIdCount()).isZero();
        assertThat(ledger.accountId(ChainKind.FILECOIN, Events.address(0))).isEqualTo(-1);
        assertThatThrownBy(() -> ledger.account(0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> ledger.nextNonce(0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void shouldFindAnAccountByChainAndAddressWhenItWasOpened() {
        // given
        final TestCluster cluster = TestCluster.withAccounts(100);

        // then
        final Ledger ledger = cluster.ledger();
        for (int accountId = 0; accountId < 100; accountId++) {
            final byte[] address = Events.address(accountId);
            assertThat(ledger.accountId(ChainKind.FILECOIN, address)).isEqualTo(accountId);
            assertThat(ledger.accountId(ChainKind.ETHEREUM, address)).isEqualTo(-1);
            assertThat(ledger.account(accountId).address()).isEqualTo(address);
        }
    }

    @Test
    void shouldHoldAMessageAndAnswerItsRequestIdWhenItWasSequenced() {
        // given
        final TestCluster cluster = TestCluster.withAccounts(1);
        final long sequence = cluster.ledger().nextSequence();

        // when
        final ApplyOutcome outcome = cluster.apply(Events.message(0, 0, 42));

        // then
        final Ledger ledger = cluster.ledger();
        final OutboxMessage message = Objects.requireNonNull(ledger.message(0, 0));
        assertThat(outcome).isEqualTo(APPLIED);
        assertThat(message.sequence()).isEqualTo(sequence);
        assertThat(message.signedBytes()).isEqualTo(Events.signedBytes(42));
        assertThat(message.hash()).isEqualTo(Events.hash("message", 42));
        assertThat(message.formerHashes()).isEmpty();
        assertThat(message.filled()).isFalse();
        assertThat(ledger.answered(Events.requestId(42)))
                .usingRecursiveComparison()
                .isEqualTo(new LedgerView.Answered(0, 0, sequence, Events.hash("request", 42)));
        assertThat(ledger.isAnswered(Events.requestId(42).high(), Events.requestId(42).low()))
                .isTrue();
        assertThat(ledger.nextNonce(0)).isEqualTo(1);
        assertThat(ledger.unconfirmedMessages()).isEqualTo(1);
        assertThat(ledger.outboxBytes()).isEqualTo(Events.signedBytes(42).length);
    }

    @Test
    void shouldListUnconfirmedMessagesInBoundedPiecesWhenALaneIsBuiltAnew() {
        // given
        final TestCluster cluster = TestCluster.withAccounts(2);
        for (int nonce = 0; nonce < 10; nonce++) {
            cluster.apply(Events.message(0, nonce, nonce), Events.message(1, nonce, 100 + nonce));
        }
        cluster.apply(Events.confirmed(0, 2), Events.displaced(0, 5));

        // then
        final Ledger ledger = cluster.ledger();
        assertThat(nonces(ledger.unconfirmed(0, 0, 100, 1 << 20)))
                .containsExactly(2L, 3L, 4L, 6L, 7L, 8L, 9L);
        assertThat(nonces(ledger.unconfirmed(0, 0, 3, 1 << 20))).containsExactly(2L, 3L, 4L);
        assertThat(nonces(ledger.unconfirmed(0, 5, 3, 1 << 20))).containsExactly(6L, 7L, 8L);
        assertThat(nonces(ledger.unconfirmed(0, 3, 100, 1))).containsExactly(3L);
        assertThat(ledger.unconfirmed(0, 10, 100, 1 << 20)).isEmpty();
    }

    @Test
    void shouldListAnsweredRequestsBySequenceWhenAskedForThem() {
        // given
        final TestCluster cluster = TestCluster.withAccounts(1);
        for (int nonce = 0; nonce < 5; nonce++) {
            cluster.apply(Events.message(0, nonce, nonce));
        }

        // when
        final List<LedgerView.AnsweredRequest> first = cluster.ledger().answeredFrom(0, 3);
        final long go = first.get(2).answered().sequence() + 1;
        final List<LedgerView.AnsweredRequest> rest = cluster.ledger().answeredFrom(go, 3);

        // then
        assertThat(first)
                .extracting(LedgerView.AnsweredRequest::requestId)
                .containsExactly(Events.requestId(0), Events.requestId(1), Events.requestId(2));
        assertThat(rest)
                .extracting(LedgerView.AnsweredRequest::requestId)
                .containsExactly(Events.requestId(3), Events.requestId(4));
    }

    @Test
    void shouldTakeTheWholeStateOverWhenItAdoptsALoadedLedger() {
        // given
        final Ledger loaded = TestCluster.withAccounts(3).ledger();
        final byte[] state = loaded.digest();
        final TestCluster live = TestCluster.withAccounts(1).with(Events.message(0, 0, 1));

        // when
        live.ledger().adopt(loaded);

        // then: and nobody can change that state through the other ledger any more
        assertThat(live.ledger().digest()).isEqualTo(state);
        live.with(Events.message(2, 0, 1));
        assertThatThrownBy(loaded::epoch).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> live.ledger().adopt(loaded))
                .isInstanceOf(IllegalStateException.class);
    }

    private static List<Long> nonces(final List<OutboxMessage> messages) {
        return messages.stream().map(OutboxMessage::nonce).toList();
    }
}
