package io.nelumbo.statemachine.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

final class ReorgWindowTest {

    private final TestCluster cluster = TestCluster.withAccounts(1);
    private final Ledger ledger = cluster.ledger();

    @Test
    void shouldReviveTheSameBytesI2WhenAReorganisationUndoesConfirmations() {
        // given
        sequence(10);
        cluster.with(Events.confirmed(0, 8));
        assertThat(ledger.unconfirmedMessages()).isEqualTo(2);

        // when
        cluster.with(Events.reorged(0, 3));

        // then
        assertThat(ledger.unconfirmedMessages()).isEqualTo(7);
        assertThat(ledger.account(0).confirmedNonce()).isEqualTo(3);
        for (int nonce = 3; nonce < 10; nonce++) {
            assertThat(Objects.requireNonNull(ledger.message(0, nonce)).signedBytes())
                    .isEqualTo(Events.signedBytes(nonce));
        }
        cluster.refuses("a nonce below", Events.reorged(0, 3));
    }

    @Test
    void shouldKeepADisplacedNonceDisplacedI9WhenItIsRevived() {
        sequence(3);
        cluster.with(Events.displaced(0, 1), Events.confirmed(0, 3), Events.reorged(0, 0));

        assertThat(ledger.message(0, 1)).isNull();
        assertThat(ledger.unconfirmed(0, 0, 9, 1 << 20)).hasSize(2);
        assertThat(ledger.unconfirmedMessages()).isEqualTo(2);
    }

    @Test
    void shouldForgetWhatIsDeeperThanTheWindow() {
        // given
        sequence(2000);

        // when
        cluster.with(Events.confirmed(0, 1500));

        // then
        assertThat(ledger.reorgFloor(0)).isEqualTo(1500 - 1024);
        assertThat(ledger.message(0, 475)).isNull();
        assertThat(ledger.message(0, 476)).isNotNull();
        cluster.refuses("at least nonce", Events.reorged(0, 475)).with(Events.reorged(0, 476));

        // and: the window does not grow back
        cluster.refuses("a nonce below", Events.reorged(0, 476))
                .with(Events.confirmed(0, 600))
                .refuses("at least nonce", Events.reorged(0, 475));
        assertThat(ledger.reorgFloor(0)).isEqualTo(476);
    }

    @Test
    void shouldAnswerARequestIdI4WhenItsMessageWasForgotten() {
        sequence(1500);
        cluster.with(Events.confirmed(0, 1500));

        assertThat(ledger.message(0, 3)).isNull();
        assertThat(Objects.requireNonNull(ledger.answered(Events.requestId(3))).nonce())
                .isEqualTo(3);
    }

    private void sequence(final int messages) {
        for (int nonce = 0; nonce < messages; nonce++) {
            cluster.with(Events.message(0, nonce, nonce));
        }
    }
}
