package io.nelumbo.statemachine.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** So many accounts that what a batch touches is looked at before it is judged. */
final class ManyAccountsTest {

    private static final int ACCOUNTS = 1500;
    private static final int NAMED = 300;

    /** Accounts this far apart share their place in the table of a batch. */
    private static final int APART = 1024;

    private final TestCluster cluster = TestCluster.withAccounts(ACCOUNTS);
    private final Ledger ledger = cluster.ledger();

    @Test
    void shouldCountEachAccountByItselfWhenABatchNamesMany() {
        // given: a batch larger than any before, over accounts that meet in one place
        final List<Event> events = new ArrayList<>();
        for (int n = 0; n < NAMED; n++) {
            events.add(Events.message(n, 0, events.size()));
            events.add(Events.message(n + APART, 0, events.size()));
            events.add(Events.message(n, 1, events.size()));
        }

        // when
        cluster.with(events.toArray(new Event[0]));

        // then
        assertThat(ledger.unconfirmedMessages()).isEqualTo(3L * NAMED);
        assertThat(ledger.nextNonce(NAMED - 1)).isEqualTo(2);
        assertThat(ledger.nextNonce(NAMED - 1 + APART)).isEqualTo(1);
        assertThat(ledger.nextNonce(NAMED)).isZero();
        assertThat(Objects.requireNonNull(ledger.message(1, 1)).signedBytes())
                .isEqualTo(Events.signedBytes(5));
    }

    @Test
    void shouldKeepEveryByteWhenMessagesFillBlockAfterBlock() {
        // given
        final int rounds = 100;
        for (int nonce = 0; nonce < rounds; nonce++) {
            cluster.with(
                    Events.message(7, nonce, nonce),
                    Events.message(7 + APART, nonce, rounds + nonce));
        }

        // when
        cluster.with(Events.confirmed(7, rounds));

        // then
        for (int nonce = 0; nonce < rounds; nonce++) {
            final long held = nonce;
            assertThat(Objects.requireNonNull(ledger.message(7 + APART, held)).signedBytes())
                    .isEqualTo(Events.signedBytes(rounds + nonce));
        }
    }

    @Test
    void shouldRejectWhenAnAccountOfTheBatchIsUnknown() {
        cluster.refuses(
                "an account below " + ACCOUNTS,
                Events.message(0, 0, 1),
                Events.message(Integer.MAX_VALUE, 0, 2));
    }

    @Test
    void shouldSequenceTheFirstMessageOfAnAccountThatTheSameBatchOpens() {
        cluster.with(
                Events.message(3, 0, 1),
                Events.account(ACCOUNTS, 40),
                Events.message(ACCOUNTS, 40, 2));

        assertThat(ledger.nextNonce(ACCOUNTS)).isEqualTo(41);
    }
}
