package io.nelumbo.publisher.publish.confirm;

import static io.nelumbo.publisher.publish.OneNode.SECOND_NS;
import static io.nelumbo.publisher.publish.OneNode.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.event.Event;
import io.nelumbo.publisher.publish.OneNode;
import io.nelumbo.publisher.publish.TestMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is concluded from an account's nonce on the chain, and what is not. */
final class WatchTest {

    private final List<Event> findings = new ArrayList<>();

    @Test
    void shouldConfirmOnceWhatTheChainHasExecuted() {
        // given
        final OneNode node = watched(OneNode.withOneUpstream());
        node.send(5);
        node.first.land(message(2));
        // when
        node.first.execute(3);
        node.run(20 * SECOND_NS);
        // then
        assertThat(findings).containsExactly(new Event.NonceConfirmed(0, 3, 101));
    }

    @Test
    void shouldTakeTheLowestNonceWhenUpstreamsDisagree() {
        // given
        final OneNode node = watched(OneNode.withTwoUpstreams());
        node.send(5);
        node.first.land(message(1));
        // when
        node.first.execute(4);
        node.second.execute(2);
        node.run(20 * SECOND_NS);
        // then
        assertThat(findings).containsExactly(new Event.NonceConfirmed(0, 2, 101));
    }

    @Test
    void shouldConfirmByTheOtherUpstreamWhenOneIsDown() {
        // given
        final OneNode node = watched(OneNode.withTwoUpstreams());
        node.send(5);
        node.second.land(message(2));
        // when
        node.first.beSilent(true);
        node.second.execute(3);
        node.run(20 * SECOND_NS);
        // then
        assertThat(node.account().confirmedNonce()).isEqualTo(3);
    }

    @Test
    void shouldNotConfirmAndSayWhyWhenNobodyCanTellWhoseMessageLanded_I9() {
        // given: one upstream cannot be asked, the other does not know our hash
        final OneNode node = watched(OneNode.withTwoUpstreams());
        node.send(5);
        node.second.beSilent(true);
        // when
        node.first.execute(3);
        node.run(20 * SECOND_NS);
        // then
        assertThat(findings).isEmpty();
        assertThat(node.lane().confirmationDoubt()).isNotEmpty();
    }

    @Test
    void shouldHaltAndDisplaceWhenAForeignMessageLanded_I9() {
        // given
        final byte[] foreign = new TestMessage(0, 2, "foreign").hash();
        final OneNode node = watched(OneNode.withOneUpstream());
        node.send(5);
        node.first.land(message(0));
        node.first.land(message(1));
        node.first.land(message(2).hash(), foreign);
        // when
        node.first.execute(3);
        node.run(20 * SECOND_NS);
        // then: the halt first, the displaced nonce with its hash, the rest confirmed one by one
        assertThat(findings).hasSize(3);
        assertThat(findings.get(0)).isInstanceOf(Event.LaneHalted.class);
        assertThat(findings.get(1))
                .isInstanceOfSatisfying(
                        Event.MessageDisplaced.class,
                        displaced -> {
                            assertThat(displaced.nonce()).isEqualTo(2);
                            assertThat(displaced.foreignHash()).isEqualTo(foreign);
                        });
        assertThat(findings.get(2)).isEqualTo(new Event.NonceConfirmed(0, 3, 101));
    }

    @Test
    void shouldTakeOverForeignNoncesBeyondOurNextOnlyAfterSeveralLooks_I9() {
        // given
        final OneNode node = watched(OneNode.withOneUpstream());
        node.send(1);
        node.first.land(message(0));
        node.first.execute(1);
        node.run(3 * SECOND_NS);
        findings.clear();
        // when: one look sees a nonce beyond, and then it is gone
        node.first.execute(4);
        node.run(6 * SECOND_NS);
        node.first.execute(1);
        node.run(20 * SECOND_NS);
        // then
        assertThat(findings).isEmpty();
        // when: it stays
        node.first.execute(4);
        node.run(40 * SECOND_NS);
        // then
        assertThat(node.account().haltReason()).contains("beyond our next nonce");
        assertThat(node.account().nextNonce()).isEqualTo(4);
        assertThat(node.account().confirmedNonce()).isEqualTo(4);
        assertThat(findings.stream().filter(Event.MessageDisplaced.class::isInstance)).hasSize(3);
    }

    @Test
    void shouldNotTakeOverANonceBeyondOurNextWhenOnlyOneUpstreamTellsIt_I9() {
        // given: all of ours is confirmed
        final OneNode node = confirmedByTwo();
        // when: one is beyond, again and again
        node.first.execute(4);
        node.run(120 * SECOND_NS);
        // then
        assertThat(findings).isEmpty();
        assertThat(node.account().nextNonce()).isEqualTo(1);
    }

    @Test
    void shouldNotTakeOverANonceBeyondOurNextWhileAnUpstreamIsSilent_I9() {
        // given
        final OneNode node = confirmedByTwo();
        // when
        node.first.execute(4);
        node.second.beSilent(true);
        node.run(120 * SECOND_NS);
        // then
        assertThat(findings).isEmpty();
        assertThat(node.account().nextNonce()).isEqualTo(1);
    }

    @Test
    void shouldTakeOverOnlyUpToTheLowestNonceThatIsTold_I9() {
        // given
        final OneNode node = confirmedByTwo();
        // when
        node.first.execute(5);
        node.second.execute(3);
        node.run(120 * SECOND_NS);
        // then
        assertThat(node.account().haltReason()).contains("up to 3, beyond our next nonce");
        assertThat(node.account().nextNonce()).isEqualTo(3);
        assertThat(node.account().confirmedNonce()).isEqualTo(3);
    }

    @Test
    void shouldCountLooksBeyondOurNextAnewWhenOneOfThemWasNotUnanimous_I9() {
        // given: looks are five seconds apart while all is confirmed, and three are needed
        final OneNode node = confirmedByTwo();
        node.first.execute(4);
        node.second.execute(4);
        node.run(11 * SECOND_NS);
        // when: two have shown it, then one upstream is silent for one look
        node.second.beSilent(true);
        node.run(5 * SECOND_NS);
        node.second.beSilent(false);
        node.run(11 * SECOND_NS);
        // then: two looks again are too few
        assertThat(findings).isEmpty();
        // when
        node.run(10 * SECOND_NS);
        // then
        assertThat(node.account().nextNonce()).isEqualTo(4);
    }

    @Test
    void shouldCountLooksBeyondOurNextAnewWhenOneOfThemShowedNone_I9() {
        // given
        final OneNode node = confirmedByTwo();
        node.first.execute(4);
        node.second.execute(4);
        node.run(11 * SECOND_NS);
        // when: two have shown it, then one upstream is not there for one look
        node.second.execute(1);
        node.run(5 * SECOND_NS);
        node.second.execute(4);
        node.run(11 * SECOND_NS);
        // then
        assertThat(findings).isEmpty();
        // when
        node.run(10 * SECOND_NS);
        // then
        assertThat(node.account().nextNonce()).isEqualTo(4);
    }

    @Test
    void shouldMakePendingAgainWhatAReorganisationUndid() {
        // given
        final OneNode node = watched(OneNode.withOneUpstream());
        node.send(3);
        node.first.land(message(2));
        node.first.execute(3);
        node.run(5 * SECOND_NS);
        // when
        node.first.execute(1);
        node.run(20 * SECOND_NS);
        // then
        assertThat(findings)
                .containsExactly(new Event.NonceConfirmed(0, 3, 101), new Event.NonceReorged(0, 1));
    }

    @Test
    void shouldNotTakeAnUpstreamThatIsBehindForAReorganisation() {
        // given
        final OneNode node = watched(OneNode.withTwoUpstreams());
        node.send(3);
        node.first.land(message(2));
        node.first.execute(3);
        node.second.execute(3);
        node.run(5 * SECOND_NS);
        // when
        node.second.execute(1);
        node.run(60 * SECOND_NS);
        // then
        assertThat(findings).containsExactly(new Event.NonceConfirmed(0, 3, 101));
    }

    @Test
    void shouldConcludeNothingAndSaySoWhenTooFewUpstreamsTell() {
        // given
        final OneNode node = watched(OneNode.believing(2, false));
        node.send(2);
        node.first.land(message(1));
        node.second.beSilent(true);
        // when
        node.first.execute(2);
        node.run(20 * SECOND_NS);
        // then
        assertThat(findings).isEmpty();
        assertThat(node.lane().confirmationDoubt()).contains("too few upstreams");
        // when
        node.second.beSilent(false);
        node.second.execute(2);
        node.run(20 * SECOND_NS);
        // then
        assertThat(findings).containsExactly(new Event.NonceConfirmed(0, 2, 101));
    }

    @Test
    void shouldFindAForeignMessageInTheMiddleOfARangeWhenEveryLandingIsChecked_I9() {
        // given: 0, 1, 3 and 4 are ours
        final OneNode node = watched(OneNode.believing(1, true));
        node.send(5);
        for (final long nonce : new long[] {0, 1, 3, 4}) {
            node.first.land(message(nonce));
        }
        // when
        node.first.execute(5);
        node.second.execute(5);
        node.run(20 * SECOND_NS);
        // then
        assertThat(findings.get(0)).isInstanceOf(Event.LaneHalted.class);
        assertThat(findings.get(1))
                .isInstanceOfSatisfying(
                        Event.MessageDisplaced.class,
                        displaced -> assertThat(displaced.nonce()).isEqualTo(2));
        assertThat(findings.get(2)).isEqualTo(new Event.NonceConfirmed(0, 5, 101));
        assertThat(findings).hasSize(3);
    }

    @Test
    void shouldConfirmALongRangeInPartsWhenEveryLandingIsChecked_I10() {
        // given
        final OneNode node = watched(OneNode.believing(1, true));
        node.send(200);
        for (long nonce = 0; nonce < 200; nonce++) {
            node.first.land(message(nonce));
        }
        // when
        node.first.execute(200);
        node.second.execute(200);
        node.run(20 * SECOND_NS);
        // then
        assertThat(findings)
                .containsExactly(
                        new Event.NonceConfirmed(0, 128, 101),
                        new Event.NonceConfirmed(0, 200, 101));
    }

    @Test
    void shouldNotUndoConfirmationsWhenThePreferredUpstreamIsSilent_I9() {
        // given: one message, landed and confirmed
        final OneNode node = watched(OneNode.withThreeUpstreams());
        node.send(1);
        node.first.land(message(0));
        node.first.execute(1);
        node.second.execute(1);
        node.third.execute(1);
        node.run(3 * SECOND_NS);
        findings.clear();
        assertThat(node.account().confirmedNonce()).isEqualTo(1);
        // when: the two others have gone back
        node.first.beSilent(true);
        node.second.execute(0);
        node.third.execute(0);
        node.run(60 * SECOND_NS);
        // then
        assertThat(findings).isEmpty();
    }

    @Test
    void shouldNotUndoConfirmationsWhenOnlyThePreferredUpstreamTells_I9() {
        // given
        final OneNode node = confirmedByTwo();
        // when
        node.second.beSilent(true);
        node.first.execute(0);
        node.run(60 * SECOND_NS);
        // then
        assertThat(findings).isEmpty();
    }

    @Test
    void shouldNotUndoConfirmationsWhenTheChainIsReadBelowWhereItWasConfirmed_I9() {
        // given: confirmed at height 101
        final OneNode node = confirmedByTwo();
        // when: both went back to an older copy of the chain
        node.first.execute(0);
        node.first.readAt(100);
        node.second.execute(0);
        node.second.readAt(100);
        node.run(60 * SECOND_NS);
        // then
        assertThat(findings).isEmpty();
        // when: they have caught up with where it was confirmed, and it is not there
        node.first.readAt(101);
        node.second.readAt(101);
        node.run(20 * SECOND_NS);
        // then
        assertThat(findings).containsExactly(new Event.NonceReorged(0, 0));
    }

    @Test
    void shouldCountLooksAtAReorganisationAnewWhenOneOfThemShowedNone_I9() {
        // given
        final OneNode node = confirmedByTwo();
        node.first.execute(0);
        node.second.execute(0);
        node.run(6 * SECOND_NS);
        // when: one look has shown it, the next does not, the one after that does
        node.first.execute(1);
        node.run(5 * SECOND_NS);
        node.first.execute(0);
        node.run(5 * SECOND_NS);
        // then
        assertThat(findings).isEmpty();
        // when
        node.run(10 * SECOND_NS);
        // then
        assertThat(findings).containsExactly(new Event.NonceReorged(0, 0));
    }

    @Test
    void shouldHaltWhenAReorganisationReachesBelowWhatTheOutboxHolds() {
        // given: 1024 messages below the confirmed nonce are held
        final OneNode node = watched(OneNode.withOneUpstream());
        node.send(1100);
        node.first.land(message(1099));
        node.first.execute(1100);
        node.run(5 * SECOND_NS);
        // when
        node.first.execute(70);
        node.run(20 * SECOND_NS);
        // then
        assertThat(node.account().haltReason()).contains("reorganisation down to nonce 70");
        assertThat(node.account().confirmedNonce()).isEqualTo(1100);
    }

    /** One message, landed and confirmed at two upstreams; its finding is forgotten. */
    private OneNode confirmedByTwo() {
        final OneNode node = watched(OneNode.withTwoUpstreams());
        node.send(1);
        node.first.land(message(0));
        node.second.land(message(0));
        node.first.execute(1);
        node.second.execute(1);
        node.run(3 * SECOND_NS);
        assertThat(findings).containsExactly(new Event.NonceConfirmed(0, 1, 101));
        findings.clear();
        return node;
    }

    private OneNode watched(final OneNode node) {
        node.cluster.checkFindings(findings::add);
        return node;
    }
}
