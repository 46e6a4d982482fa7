package io.nelumbo.publisher.publish.proof;

import static io.nelumbo.publisher.publish.OneNode.MS;
import static io.nelumbo.publisher.publish.OneNode.SECOND_NS;
import static io.nelumbo.publisher.publish.OneNode.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.event.Event;
import io.nelumbo.publisher.chain.PushOutcome;
import io.nelumbo.publisher.publish.OneNode;
import io.nelumbo.publisher.publish.ScriptedUpstream;
import io.nelumbo.publisher.publish.lane.HoldReason;
import io.nelumbo.publisher.publish.lane.LaneStatus;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * When "we do not know your message" means that somebody else took its nonce, and when it only
 * means that a node has forgotten.
 */
final class DisplacementTest {

    private final List<Event> findings = new ArrayList<>();

    @Test
    void shouldDisplaceWhenHistoryIsFullAndAForeignMessageTookTheNonce_I9() {
        // given
        final OneNode node = watched(OneNode.withThreeUpstreams());
        node.send(1);
        // when: the nonce is executed, was not before, and nobody knows our message
        executeEverywhere(node, 1);
        node.run(20 * SECOND_NS);
        // then
        assertThat(node.account().haltReason()).contains("nonce 0").contains("not ours");
        assertThat(displaced()).containsExactly(0L);
    }

    @Test
    void shouldWaitAndSaySoWhenEveryUpstreamIsPruned_I9() {
        // given: our message landed, and it is so long ago that no node has it any more
        final OneNode node = watched(OneNode.withThreeUpstreams());
        node.send(1);
        executeEverywhere(node, 1);
        List.of(node.first, node.second, node.third).forEach(ScriptedUpstream::prune);
        // when
        node.run(60 * SECOND_NS);
        // then
        assertThat(findings).isEmpty();
        assertThat(node.account().haltReason()).isNull();
        assertThat(node.cluster.ledger().message(0, 0)).isNotNull();
        assertThat(node.lane().confirmationDoubt())
                .contains("nonce 0 is used")
                .contains("full history")
                .contains("could not find");
    }

    @Test
    void shouldHoldTheHeadAndSayWhyWhenThePushedNonceIsUsedAndUpstreamsArePruned_I9() {
        // given
        final OneNode node = watched(OneNode.withOneUpstream());
        for (int i = 0; i < 100; i++) {
            node.first.refuse(new PushOutcome.NonceTooLow("message nonce too low"));
        }
        node.send(1);
        node.run(2 * MS);
        node.first.execute(1);
        node.first.prune();
        // when
        node.run(30 * SECOND_NS);
        // then
        final LaneStatus.Held held = node.lane().held();
        assertThat(held).isNotNull();
        assertThat(held.reason()).isEqualTo(HoldReason.NONCE_USED);
        assertThat(held.text()).contains("history");
        assertThat(findings).isEmpty();
    }

    @Test
    void shouldWaitWhenOneOfThemIsPruned_I9() {
        // given
        final OneNode node = watched(OneNode.withThreeUpstreams());
        node.send(1);
        executeEverywhere(node, 1);
        node.third.prune();
        // when
        node.run(60 * SECOND_NS);
        // then
        assertThat(findings).isEmpty();
        assertThat(node.lane().confirmationDoubt()).contains("history");
    }

    @Test
    void shouldWaitWhenOneOfThemCannotSearch_I9() {
        // given: it has the states, and yet it cannot tell
        final OneNode node = watched(OneNode.withThreeUpstreams());
        node.send(1);
        executeEverywhere(node, 1);
        node.second.failSearches();
        // when
        node.run(60 * SECOND_NS);
        // then
        assertThat(findings).isEmpty();
        assertThat(node.lane().confirmationDoubt()).contains("searchback");
    }

    @Test
    void shouldConfirmWhenOneUpstreamStillKnowsOurMessageAndTheOthersArePruned_I9() {
        // given
        final OneNode node = watched(OneNode.withThreeUpstreams());
        node.send(1);
        executeEverywhere(node, 1);
        node.first.prune();
        node.second.prune();
        node.third.land(message(0));
        // when
        node.run(20 * SECOND_NS);
        // then
        assertThat(findings).containsExactly(new Event.NonceConfirmed(0, 1, 101));
    }

    @Test
    void shouldWaitWhenTheNonceWasUsedBeforeAnyHistoryThatIsShown_I9() {
        // given: however deep one looks, the nonce is used already
        final OneNode node = watched(OneNode.withOneUpstream());
        node.send(1);
        node.first.execute(1);
        node.first.executeBefore(1);
        // when
        node.run(20 * SECOND_NS);
        // then
        assertThat(findings).isEmpty();
        assertThat(node.lane().confirmationDoubt()).contains("used even earlier");
    }

    @Test
    void shouldNotBelieveOneLiarWhoSaysThatTheNonceIsUsedByAnother_I9() {
        // given: two honest upstreams have not executed the nonce
        final OneNode node = watched(OneNode.withThreeUpstreams());
        for (int i = 0; i < 100; i++) {
            node.first.refuse(new PushOutcome.NonceTooLow("message nonce too low"));
        }
        node.send(1);
        node.run(2 * MS);
        node.first.execute(1);
        node.run(20 * SECOND_NS);
        // then
        assertThat(findings).isEmpty();
        // when: it lands after all
        node.second.land(message(0));
        node.second.execute(1);
        node.third.land(message(0));
        node.third.execute(1);
        node.run(20 * SECOND_NS);
        // then
        assertThat(findings).containsExactly(new Event.NonceConfirmed(0, 1, 101));
    }

    @Test
    void shouldWaitWhenOneLiarDeniesThatHistoryCovers_I9() {
        // given: a foreign message took the nonce, as two upstreams can show
        final OneNode node = watched(OneNode.withThreeUpstreams());
        node.send(1);
        executeEverywhere(node, 1);
        node.second.executeBefore(1);
        // when
        node.run(20 * SECOND_NS);
        // then: it cannot be taken back, so all must agree
        assertThat(findings).isEmpty();
        assertThat(node.lane().confirmationDoubt()).isNotEmpty();
        // when: the liar is gone
        node.second.executeBefore(0);
        node.run(20 * SECOND_NS);
        // then
        assertThat(displaced()).containsExactly(0L);
    }

    private static void executeEverywhere(final OneNode node, final long upToNonce) {
        node.first.execute(upToNonce);
        node.second.execute(upToNonce);
        node.third.execute(upToNonce);
    }

    private List<Long> displaced() {
        return findings.stream()
                .filter(Event.MessageDisplaced.class::isInstance)
                .map(event -> ((Event.MessageDisplaced) event).nonce())
                .toList();
    }

    private OneNode watched(final OneNode node) {
        node.cluster.checkFindings(findings::add);
        return node;
    }
}
