package io.nelumbo.statemachine.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.event.Event.MessageSequenced;
import io.nelumbo.journal.event.EventBatch;
import io.nelumbo.journal.event.RequestId;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** I4: a request id has one answer, for as long as it is retained. */
final class RequestIdRulesTest {

    private final TestCluster cluster = TestCluster.withAccounts(2);
    private final Ledger ledger = cluster.ledger();

    @Test
    void shouldRejectI4WhenARequestIdIsKnown() {
        cluster.with(Events.message(0, 0, 1))
                .refuses("messages with the request id", Events.message(0, 1, 1))
                .refuses("messages with the request id", Events.message(1, 0, 1));
    }

    @Test
    void shouldRejectI4WhenABatchUsesARequestIdTwice() {
        cluster.refuses(
                "messages with the request id", Events.message(0, 0, 1), Events.message(1, 0, 1));
    }

    @Test
    void shouldTellRequestIdsApartWhenTheyShareAHalf() {
        cluster.with(withId(0, 7, 7), withId(1, 7, 8), withId(2, 8, 7))
                .refuses("messages with the request id", withId(3, 8, 7));

        assertThat(ledger.requestIdCount()).isEqualTo(3);
        assertThat(ledger.isAnswered(8, 8)).isFalse();
    }

    @Test
    void shouldForgetRequestIdsInOrderWhenTheyExpire() {
        // given
        final long first = ledger.nextSequence();
        for (int nonce = 0; nonce < 100; nonce++) {
            cluster.with(Events.message(0, nonce, nonce));
        }

        // when
        cluster.with(Events.expired(first + 60));

        // then
        assertThat(ledger.requestIdsExpiredBefore()).isEqualTo(first + 60);
        assertThat(ledger.requestIdCount()).isEqualTo(40);
        for (int seed = 0; seed < 100; seed++) {
            assertThat(ledger.answered(Events.requestId(seed)) != null).isEqualTo(seed >= 60);
        }
    }

    @Test
    void shouldTakeARequestIdAnewWhenItHasExpired() {
        cluster.with(Events.message(0, 0, 1));
        final long after = ledger.nextSequence();

        cluster.with(Events.expired(after), Events.message(0, 1, 1));

        assertThat(Objects.requireNonNull(ledger.answered(Events.requestId(1))).nonce())
                .isEqualTo(1);
    }

    @Test
    void shouldTakeARequestIdAnewWhenItExpiredInTheSameBatch() {
        final long first = ledger.nextSequence();

        cluster.with(Events.message(0, 0, 1), Events.expired(first + 1), Events.message(0, 1, 1));

        assertThat(Objects.requireNonNull(ledger.answered(Events.requestId(1))).sequence())
                .isEqualTo(first + 2);
        assertThat(ledger.requestIdCount()).isEqualTo(1);
    }

    @Test
    void shouldRejectWhenAnExpiryMovesBackOrIntoTheFuture() {
        final long next = ledger.nextSequence();
        cluster.refuses("an expiry up to", Events.expired(next + 1))
                .refuses("an expiry above", Events.expired(0))
                .with(Events.expired(next))
                .refuses("an expiry above", Events.expired(next))
                .refuses("an expiry above", Events.expired(-1));
    }

    @Test
    void shouldCountNoAgeWhereAnEpochOpensI4WhenTheNewLeadersClockIsAhead() {
        // given
        cluster.with(Events.message(0, 0, 1));
        final long ageNs = ledger.ageNs();
        final long dayNs = 86_400L * 1_000_000_000L;

        // when
        cluster.apply(
                new EventBatch(
                        2,
                        ledger.nextSequence(),
                        ledger.lastTimestampNs() + dayNs,
                        List.of(Events.epoch(2))));

        // then
        assertThat(ledger.epoch()).isEqualTo(2);
        assertThat(ledger.ageNs()).isEqualTo(ageNs);

        // when
        final long timestampNs = ledger.lastTimestampNs();
        cluster.with(Events.message(0, 1, 2));

        // then
        assertThat(ledger.ageNs() - ageNs)
                .isEqualTo(ledger.lastTimestampNs() - timestampNs)
                .isPositive();
    }

    private static MessageSequenced withId(final int nonce, final long high, final long low) {
        final MessageSequenced message = Events.message(0, nonce, nonce);
        return new MessageSequenced(
                message.accountId(),
                message.nonce(),
                new RequestId(high, low),
                message.requestHash(),
                message.principal(),
                message.signerKeyId(),
                message.signedBytes(),
                message.hash());
    }
}
