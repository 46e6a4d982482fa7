package io.nelumbo.statemachine.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.event.EventBatch;
import java.util.List;
import org.junit.jupiter.api.Test;

/** I6: what is not of this epoch, sequence and time is rejected whole. */
final class EpochFenceTest {

    private final TestCluster cluster = TestCluster.withAccounts(1);
    private final Ledger ledger = cluster.ledger();

    @Test
    void shouldRejectI6WhenTheEpochIsNotTheTermOfTheEntry() {
        cluster.refuses("Raft entry's term", 2, cluster.batch(1, Events.message(0, 0, 1)));
    }

    @Test
    void shouldRejectI6WhenADeposedLeaderIsLate() {
        // given: a new leader has opened its epoch
        final EventBatch late = cluster.batch(1, Events.message(0, 0, 1));
        cluster.with(Events.epoch(4));

        // then: what the old one left in the log is void, whatever its numbers
        cluster.refuses("ledger's epoch", 1, late);
        cluster.refuses("ledger's epoch", 1, cluster.batch(1, Events.message(0, 0, 1)));
        cluster.with(Events.message(0, 0, 1));
    }

    @Test
    void shouldRejectI6WhenALeaderSequencesBeforeItsEpochIsOpen() {
        cluster.refuses("ledger's epoch", 2, cluster.batch(2, Events.message(0, 0, 1)));
        cluster.refuses(
                "ledger's epoch",
                2,
                cluster.batch(2, Events.message(0, 0, 1), Events.message(0, 1, 2)));
    }

    @Test
    void shouldRejectI6WhenSequencesLeaveAGapOrRepeat() {
        final long next = ledger.nextSequence();
        for (final long first : new long[] {next - 1, next + 1, 0, -1}) {
            cluster.refuses(
                    "next sequence",
                    1,
                    new EventBatch(1, first, 1L << 60, List.of(Events.message(0, 0, 1))));
        }
    }

    @Test
    void shouldRejectI6WhenTimeStandsStill() {
        cluster.refuses(
                "a timestamp above",
                1,
                new EventBatch(
                        1,
                        ledger.nextSequence(),
                        ledger.lastTimestampNs(),
                        List.of(Events.message(0, 0, 1))));
    }

    @Test
    void shouldRejectI6WhenTheEpochDoesNotRise() {
        cluster.refuses("a term above", Events.epoch(1));
        cluster.refuses("ledger's epoch", Events.epoch(0));
    }

    @Test
    void shouldRejectI6WhenAnEpochOpensInCompany() {
        cluster.refuses(
                "ledger's epoch", 2, cluster.batch(2, Events.epoch(2), Events.message(0, 0, 1)));
        cluster.refuses("alone", 1, cluster.batch(1, Events.message(0, 0, 1), Events.epoch(2)));
    }

    @Test
    void shouldRejectI6WhenAnEpochIsNotItsBatchs() {
        cluster.refuses("its batch's epoch", 3, cluster.batch(3, Events.epoch(2)));
        cluster.refuses("its batch's epoch", 3, cluster.batch(3, Events.epoch(4)));
    }

    @Test
    void shouldSkipTermsWhenLeadersCameAndWentWithoutOpening() {
        cluster.with(Events.epoch(9));

        assertThat(ledger.epoch()).isEqualTo(9);
    }

    @Test
    void shouldRejectTheWholeBatchI6WhenItsLastEventIsWrong() {
        cluster.refuses(
                "the next nonce",
                Events.account(1, 0),
                Events.message(0, 0, 1),
                Events.message(1, 0, 2),
                Events.halted(0, "why"),
                Events.message(0, 2, 3));
    }
}
