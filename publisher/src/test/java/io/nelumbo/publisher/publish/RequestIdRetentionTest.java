package io.nelumbo.publisher.publish;

import static io.nelumbo.publisher.publish.OneNode.SECOND_NS;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.event.Event;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RequestIdRetentionTest {

    private static final long DAY_NS = 86_400 * SECOND_NS;

    @Test
    void shouldExpireRequestIdsAfterTheirRetentionAndThenRest_I4() {
        // given: a retention of one hour
        final OneNode node = OneNode.withOneUpstream();
        final List<Event> findings = new ArrayList<>();
        node.cluster.checkFindings(
                event -> {
                    if (event instanceof Event.RequestIdsExpired) {
                        findings.add(event);
                    }
                });
        node.send(3);
        node.run(3_000 * SECOND_NS);
        node.send(1);
        // when
        node.run(500 * SECOND_NS);
        // then
        assertThat(node.cluster.ledger().requestIdCount()).isEqualTo(4);
        assertThat(findings).isEmpty();
        // when
        node.run(4 * 3_600 * SECOND_NS);
        // then: and nothing more is offered, for its own sake
        assertThat(node.cluster.ledger().requestIdCount()).isZero();
        final int needed = findings.size();
        node.run(24 * 3_600 * SECOND_NS);
        assertThat(findings).hasSize(needed);
    }

    @Test
    void shouldNotExpireEarlyWhenTheNextLeadersClockIsADayAhead_I4() {
        expectAnHourUnderALeaderWhoseClockIsAheadBy(DAY_NS);
    }

    @Test
    void shouldExpireInTimeWhenTheNextLeadersClockIsADayBehind_I4() {
        expectAnHourUnderALeaderWhoseClockIsAheadBy(-DAY_NS);
    }

    @Test
    void shouldExpireRequestIdsWhenEveryEpochIsShorterThanTheInterval_I10() {
        // given: a look every 56 s, and leaders that last for 10 s each
        final OneNode node = OneNode.withOneUpstream();
        node.send(3);
        // when
        for (int epoch = 0; epoch < 2 * 360; epoch++) {
            node.cluster.lead(0, 0);
            node.run(10 * SECOND_NS);
            node.send(1);
        }
        // then: what is younger than the retention stays
        assertThat(node.cluster.ledger().requestIdCount()).isBetween(360, 400);
    }

    private static void expectAnHourUnderALeaderWhoseClockIsAheadBy(final long aheadNs) {
        // given: a retention of one hour, and messages up to ten minutes before the leader changes
        final OneNode node = OneNode.withOneUpstream();
        node.send(3);
        node.run(10 * SECOND_NS);
        node.send(1);
        node.run(590 * SECOND_NS);
        node.send(1);
        // when
        node.cluster.setClocksAhead(aheadNs);
        node.cluster.lead(0, 0);
        node.run(2_900 * SECOND_NS);
        // then
        assertThat(node.cluster.ledger().requestIdCount()).isEqualTo(5);
        // when: an hour is over for the first three
        node.run(200 * SECOND_NS);
        // then
        assertThat(node.cluster.ledger().requestIdCount()).isEqualTo(2);
    }
}
