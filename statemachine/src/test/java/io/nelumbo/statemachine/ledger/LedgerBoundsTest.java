package io.nelumbo.statemachine.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.journal.event.Event;
import org.junit.jupiter.api.Test;

/** I10: every bound of the state, and what happens at it. */
final class LedgerBoundsTest {

    private static final LedgerLimits SMALL = new LedgerLimits(3, 4, 6, 8, 2, 2);

    private final TestCluster cluster = TestCluster.withAccounts(new Ledger(SMALL), 3);

    @Test
    void shouldRejectWhenThereAreTooManyAccounts() {
        cluster.refuses("fewer accounts than 3", Events.account(3, 0));
    }

    @Test
    void shouldRejectWhenAnAccountHasTooManyOpenNonces() {
        fill(0, 4);

        cluster.refuses("fewer open nonces than 4", Events.message(0, 4, 9))
                .refuses("fewer open nonces than 4", Events.displaced(0, 4))
                .with(Events.confirmed(0, 1), Events.message(0, 4, 9));
    }

    @Test
    void shouldRejectWhenThereAreTooManyUnconfirmedMessages() {
        fill(0, 3);
        fill(1, 3);

        cluster.refuses("fewer unconfirmed messages than 6", Events.message(2, 0, 50))
                .with(Events.confirmed(0, 3))
                .with(Events.message(2, 0, 50));
    }

    @Test
    void shouldRejectWhenThereAreTooManyRequestIds() {
        for (int accountId = 0; accountId < 2; accountId++) {
            fill(accountId, 4 - accountId);
            cluster.with(Events.confirmed(accountId, 4 - accountId));
        }
        cluster.with(Events.message(2, 0, 50))
                .refuses("fewer request ids than 8", Events.message(2, 1, 51))
                .with(Events.expired(cluster.ledger().nextSequence()))
                .with(Events.message(2, 1, 51));
    }

    @Test
    void shouldRejectWhenBytesAreTooManyOrNone() {
        final TestCluster roomy = TestCluster.withAccounts(1);
        roomy.refuses("bytes at most 131072", message(LedgerLimits.MAX_SIGNED_BYTES + 1))
                .refuses("bytes at least 1", message(0))
                .with(message(LedgerLimits.MAX_SIGNED_BYTES))
                .refuses("bytes at least 1", replaced(new byte[0], "why"))
                .refuses("bytes at most 1024", replaced(new byte[1], "y".repeat(1025)))
                .with(replaced(new byte[1], "y".repeat(1024)))
                .refuses("bytes at most 64", address(65))
                .refuses("bytes at least 1", address(0))
                .with(address(64))
                .refuses("bytes at most 1024", Events.halted(0, "ü".repeat(513)))
                .with(Events.halted(0, "ü".repeat(512)));
    }

    @Test
    void shouldRejectWhenANonceWasGivenOtherBytesTooOften() {
        final TestCluster roomy = TestCluster.withAccounts(1).with(Events.message(0, 0, 0));
        for (int n = 1; n <= LedgerLimits.MAX_SUBSTITUTIONS; n++) {
            roomy.with(Events.replaced(0, 0, n));
        }

        roomy.refuses("fewer substitutions than 64", Events.replaced(0, 0, 99))
                .refuses("fewer substitutions than 64", Events.filled(0, 0, 99))
                .with(Events.confirmed(0, 1));
    }

    @Test
    void shouldSayUnsupportedWhenTheClusterIsRaisedBeyondThisBuild() {
        // given
        final byte[] before = cluster.ledger().digest();

        // when
        final ApplyOutcome outcome = cluster.apply(Events.version(3), Events.message(0, 0, 1));

        // then
        assertThat(outcome).isInstanceOf(ApplyOutcome.Unsupported.class);
        assertThat(cluster.ledger().digest()).isEqualTo(before);
        cluster.with(Events.version(2)).refuses("a version above 2", Events.version(2));
        assertThat(cluster.ledger().clusterVersion()).isEqualTo(2);
    }

    @Test
    void shouldRejectWhenALaneIsHaltedOrResumedTwice() {
        cluster.refuses("a halted lane", Events.resumed(0))
                .with(Events.halted(0, "displaced"))
                .refuses("a running lane", Events.halted(0, "again"));
        assertThat(cluster.ledger().account(0).haltReason()).isEqualTo("displaced");
        assertThat(cluster.ledger().account(1).haltReason()).isNull();

        cluster.with(Events.message(0, 0, 1), Events.resumed(0), Events.halted(0, "once more"));
        assertThat(cluster.ledger().account(0).haltReason()).isEqualTo("once more");
    }

    private void fill(final int accountId, final int messages) {
        for (int nonce = 0; nonce < messages; nonce++) {
            cluster.with(Events.message(accountId, nonce, 10 * accountId + nonce));
        }
    }

    private static Event message(final int bytes) {
        final Event.MessageSequenced message = Events.message(0, 0, 1);
        return new Event.MessageSequenced(
                0,
                0,
                message.requestId(),
                message.requestHash(),
                message.principal(),
                message.signerKeyId(),
                new byte[bytes],
                message.hash());
    }

    private static Event replaced(final byte[] signedBytes, final String reason) {
        return new Event.MessageReplaced(0, 0, signedBytes, Events.hash("message", 2), reason);
    }

    private static Event address(final int bytes) {
        return new Event.AccountOpened(1, ChainKind.ETHEREUM, new byte[bytes], 0);
    }
}
