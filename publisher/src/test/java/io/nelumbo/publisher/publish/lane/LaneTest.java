package io.nelumbo.publisher.publish.lane;

import static io.nelumbo.publisher.publish.OneNode.MS;
import static io.nelumbo.publisher.publish.OneNode.SECOND_NS;
import static io.nelumbo.publisher.publish.OneNode.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.event.Event;
import io.nelumbo.publisher.chain.PushOutcome;
import io.nelumbo.publisher.publish.OneNode;
import io.nelumbo.publisher.publish.TestMessage;
import io.nelumbo.publisher.publish.port.Filling;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One lane over scripted upstreams: a test per row of DESIGN §7's table, and its bounds. */
final class LaneTest {

    @Test
    void shouldPushInNonceOrderOnePushAtATimeWithinItsBounds_I10() {
        // given
        final OneNode node = OneNode.withOneUpstream();
        // when
        node.send(25);
        node.run(SECOND_NS / 2);
        // then: pushes of at most 4, and no more than the window of 10
        assertThat(node.first.pushedNonces())
                .containsExactly(List.of(0L, 1L, 2L, 3L), List.of(4L, 5L, 6L, 7L), List.of(8L, 9L));
        assertThat(node.first.mostInFlight()).isEqualTo(1);
    }

    @Test
    void shouldGoOnWhenTheWindowMoves() {
        // given
        final OneNode node = OneNode.withOneUpstream();
        node.send(12);
        node.run(SECOND_NS / 2);
        // when
        node.cluster.commit(new Event.NonceConfirmed(0, 5, 1));
        node.run(SECOND_NS / 10);
        // then
        assertThat(node.first.pushedNonces()).last().isEqualTo(List.of(10L, 11L));
    }

    @Test
    void shouldPushNothingBeforeItIsApplied_I3() {
        // given
        final OneNode node = OneNode.withOneUpstream();
        // when: an hour without messages
        node.run(3600 * SECOND_NS);
        // then
        assertThat(node.first.pushes()).isEmpty();
    }

    @Test
    void shouldGoOnWhenAlreadyKnown() {
        // given
        final OneNode node = OneNode.withOneUpstream();
        node.first.refuse(new PushOutcome.AlreadyKnown());
        // when
        node.send(2);
        node.run(SECOND_NS / 2);
        // then: only the first was answered, and it is not pushed again
        assertThat(node.first.pushedNonces()).containsExactly(List.of(0L, 1L), List.of(1L));
        assertThat(node.lane().held()).isNull();
    }

    @Test
    void shouldPushTheSameBytesAgainElsewhereWhenAmbiguous_I2() {
        // given
        final OneNode node = OneNode.withTwoUpstreams();
        node.first.refuse(new PushOutcome.Ambiguous("connection reset"));
        // when
        node.send(3);
        node.run(SECOND_NS / 2);
        // then
        assertThat(node.first.pushes()).hasSize(1);
        assertThat(node.second.pushes()).isEqualTo(node.first.pushes());
    }

    @Test
    void shouldWaitLongerEachTimeWhenAmbiguousAgainAndAgain() {
        // given
        final OneNode node = OneNode.withOneUpstream();
        node.first.refuse(
                new PushOutcome.Ambiguous("1"),
                new PushOutcome.Ambiguous("2"),
                new PushOutcome.Underpriced("3"),
                new PushOutcome.Ambiguous("4"));
        // when
        node.send(1);
        node.run(100 * MS);
        final int early = node.first.pushes().size();
        node.run(3 * SECOND_NS);
        // then
        assertThat(early).isBetween(1, 3);
        assertThat(node.first.pushes()).hasSize(5);
        assertThat(node.lane().held()).isNull();
    }

    @Test
    void shouldGoOnWhenNonceIsTooLowBecauseItLanded_I9() {
        // given: the first message landed, as only the second upstream can tell
        final OneNode node = OneNode.withTwoUpstreams();
        node.first.refuse(new PushOutcome.NonceTooLow("message nonce too low"));
        node.second.land(message(0));
        // when
        node.send(3);
        node.run(SECOND_NS / 2);
        // then
        assertThat(node.first.pushedNonces()).containsExactly(List.of(0L, 1L, 2L), List.of(1L, 2L));
        assertThat(node.account().haltReason()).isNull();
    }

    @Test
    void shouldGoOnWhenAFormerHashLanded_I9() {
        // given: the nonce was replaced, and the replaced message landed all the same
        final OneNode node = OneNode.withOneUpstream();
        node.first.beSilent(true);
        node.send(2);
        node.cluster.checker().allowReplacement(0, 0);
        final TestMessage replacement = new TestMessage(0, 0, "more gas");
        node.cluster.commit(
                new Event.MessageReplaced(
                        0, 0, replacement.bytes(), replacement.hash(), "underpriced"));
        node.first.land(message(0));
        node.first.refuse(new PushOutcome.NonceTooLow("message nonce too low"));
        // when
        node.first.beSilent(false);
        node.run(5 * SECOND_NS);
        // then
        assertThat(node.first.pushes()).last().isEqualTo(List.of(message(1)));
        assertThat(node.account().haltReason()).isNull();
    }

    @Test
    void shouldHaltAndDisplaceWhenAllAgreeThatTheNonceIsUsedAndNotByUs_I9() {
        // given
        final OneNode node = OneNode.withTwoUpstreams();
        node.first.refuse(new PushOutcome.NonceTooLow("message nonce too low"));
        node.send(3);
        node.run(2 * MS);
        // when: the chain has executed our first nonce at confidence, and nobody knows our hash
        node.first.execute(1);
        node.second.execute(1);
        node.run(10 * SECOND_NS);
        // then
        assertThat(node.account().haltReason()).contains("nonce 0").contains("not ours");
        assertThat(node.cluster.ledger().message(0, 0)).isNull();
        assertThat(node.cluster.ledger().message(0, 1)).isNotNull();
    }

    @Test
    void shouldHoldAndNotDisplaceWhenOneUpstreamDoesNotAnswer_I9() {
        // given
        final OneNode node = OneNode.withTwoUpstreams();
        node.second.beSilent(true);
        node.first.execute(0);
        for (int i = 0; i < 20; i++) {
            node.first.refuse(new PushOutcome.NonceTooLow("message nonce too low"));
        }
        // when
        node.send(1);
        node.run(5 * SECOND_NS);
        // then
        assertThat(node.account().haltReason()).isNull();
        assertThat(node.lane().held()).isNotNull();
        assertThat(node.cluster.ledger().message(0, 0)).isNotNull();
    }

    @Test
    void shouldPushWhatTheUpstreamMissesWhenThereIsAGap() {
        // given
        final OneNode node = OneNode.withOneUpstream();
        node.send(4);
        node.run(SECOND_NS / 10);
        node.first.expectNext(2);
        node.first.refuse(new PushOutcome.Gap("unfulfilled nonce gap"));
        // when
        node.send(2);
        node.run(SECOND_NS / 10);
        // then: from the upstream's own next nonce
        assertThat(node.first.pushedNonces())
                .containsExactly(List.of(0L, 1L, 2L, 3L), List.of(4L, 5L), List.of(2L, 3L, 4L, 5L));
    }

    @Test
    void shouldStartOverPatientlyWhenTheSameGapIsThereAgain() {
        // given
        final OneNode node = OneNode.withOneUpstream();
        node.send(4);
        node.run(SECOND_NS / 10);
        node.first.expectNext(3);
        node.first.refuse(
                new PushOutcome.Gap("unfulfilled nonce gap"),
                new PushOutcome.Gap("unfulfilled nonce gap"));
        // when: what the upstream said it misses was not all
        node.send(2);
        node.run(SECOND_NS / 100);
        node.first.refuse(new PushOutcome.Gap("unfulfilled nonce gap"));
        node.run(SECOND_NS);
        // then: from the first unconfirmed nonce
        assertThat(node.first.pushedNonces())
                .contains(List.of(0L, 1L, 2L, 3L), List.of(4L, 5L), List.of(3L, 4L, 5L))
                .last()
                .isEqualTo(List.of(4L, 5L));
        assertThat(node.first.pushedNonces().stream().filter(p -> p.get(0) == 0L)).hasSize(2);
        assertThat(node.lane().held()).isNull();
    }

    @Test
    void shouldHoldAndSayWhyWhenThereIsNoUpstream() {
        // given
        final OneNode node = OneNode.withoutUpstreams();
        // when
        node.send(1);
        node.run(SECOND_NS);
        // then
        assertThat(node.lane().held()).isNotNull();
        assertThat(node.lane().held().reason()).isEqualTo(HoldReason.NO_UPSTREAM);
        assertThat(node.lane().upstream()).isEmpty();
    }

    @Test
    void shouldWaitUntilAnUpstreamMayBeAskedAgainWhenAllAreLeftAlone() {
        // given
        final OneNode node = OneNode.withOneUpstream();
        node.first.beSilent(true);
        node.send(1);
        node.run(3 * SECOND_NS);
        // when
        node.first.beSilent(false);
        node.run(3 * SECOND_NS);
        // then
        assertThat(node.lane().upstream()).isEqualTo("first");
        assertThat(node.lane().pushedNonce()).isEqualTo(1);
        assertThat(node.lane().held()).isNull();
    }

    @Test
    void shouldFillOnlyOnceWhenTheFillIsInvalidToo_I9() {
        // given: a policy that would fill for ever
        final List<Event> fills = new ArrayList<>();
        final TestMessage selfSend = new TestMessage(0, 0, "self-send");
        final OneNode node =
                OneNode.withPolicy(
                        (account, message, text) ->
                                new Filling.Fill(
                                        new Event.NonceFilled(
                                                account.id(),
                                                message.nonce(),
                                                selfSend.bytes(),
                                                selfSend.hash(),
                                                text)));
        node.cluster.checkFindings(
                event -> {
                    fills.add(event);
                    node.cluster.checker().allowReplacement(0, 0);
                });
        for (int i = 0; i < 8; i++) {
            node.first.refuse(new PushOutcome.Invalid("message too big"));
        }
        // when
        node.send(1);
        node.run(5 * SECOND_NS);
        // then
        assertThat(fills).hasSize(1);
    }

    @Test
    void shouldHoldAndSayThatNoKeyIsHereWhenTheFillCannotBeSigned_I9() {
        // given: the sender signed it elsewhere
        final OneNode node =
                OneNode.withPolicy((account, message, text) -> new Filling.NoKey("no key here"));
        for (int i = 0; i < 4; i++) {
            node.first.refuse(new PushOutcome.Invalid("message too big"));
        }
        // when
        node.send(1);
        node.run(600 * MS);
        // then
        final LaneStatus.Held held = node.lane().held();
        assertThat(held).isNotNull();
        assertThat(held.reason()).isEqualTo(HoldReason.NO_KEY_TO_FILL);
        assertThat(held.text()).isEqualTo("no key here; the upstream says: message too big");
        // and: the same bytes go on being tried
        node.run(10 * SECOND_NS);
        assertThat(node.first.pushedNonces()).containsOnly(List.of(0L));
        assertThat(node.lane().held()).isNull();
    }

    @Test
    void shouldNotFillWhenRefusalsAsInvalidAreNotInARow_I9() {
        // given
        final OneNode node =
                OneNode.withPolicy(
                        (account, message, text) -> {
                            throw new AssertionError("filled " + message.nonce());
                        });
        node.first.refuse(
                new PushOutcome.Invalid("message too big"),
                new PushOutcome.Underpriced("gas fee cap too low"),
                new PushOutcome.Invalid("message too big"),
                new PushOutcome.PoolFull("too many pending messages"));
        // when: never twice in a row
        node.send(1);
        node.run(5 * SECOND_NS);
        // then
        assertThat(node.first.pushes()).hasSize(5);
    }

    @Test
    void shouldHoldTheHeadAndSayWhyWhenRefused() {
        for (final PushOutcome refusal :
                List.of(
                        new PushOutcome.Underpriced("gas fee cap too low"),
                        new PushOutcome.NotEnoughFunds("not enough funds"),
                        new PushOutcome.PoolFull("too many pending messages"),
                        new PushOutcome.Invalid("message too big"),
                        new PushOutcome.Ambiguous("whatever"))) {
            // given
            final OneNode node = OneNode.withOneUpstream();
            for (int i = 0; i < 4; i++) {
                node.first.refuse(refusal);
            }
            // when
            node.send(2);
            node.run(200 * MS);
            // then: held, with the reason and the upstream's words
            final LaneStatus.Held held = node.lane().held();
            assertThat(held).as("%s", refusal).isNotNull();
            assertThat(held.nonce()).isEqualTo(0);
            assertThat(held.reason().name()).isEqualToIgnoringCase(wordsOf(refusal));
            assertThat(refusal.toString()).contains(held.text());
            assertThat(node.account().haltReason()).isNull();
            // and: never anything but the head, and then everything
            node.run(10 * SECOND_NS);
            assertThat(node.first.pushedNonces()).containsOnly(List.of(0L, 1L));
            assertThat(node.lane().held()).isNull();
        }
    }

    @Test
    void shouldPushTheFillWhenThePolicyFillsAnInvalidMessage_I9() {
        // given
        final TestMessage selfSend = new TestMessage(0, 0, "self-send");
        final OneNode node =
                OneNode.withPolicy(
                        (account, message, text) ->
                                new Filling.Fill(
                                        new Event.NonceFilled(
                                                account.id(),
                                                message.nonce(),
                                                selfSend.bytes(),
                                                selfSend.hash(),
                                                text)));
        node.cluster.checkFindings(event -> node.cluster.checker().allowReplacement(0, 0));
        node.first.refuse(
                new PushOutcome.Invalid("message too big"),
                new PushOutcome.Invalid("message too big".repeat(1_000)));
        // when: refused, and refused again
        node.send(2);
        node.run(2 * SECOND_NS);
        // then
        assertThat(node.first.pushes()).hasSize(3).last().isEqualTo(List.of(selfSend, message(1)));
        assertThat(node.cluster.ledger().message(0, 0).filled()).isTrue();
    }

    @Test
    void shouldRebroadcastUntilConfirmed() {
        // given
        final OneNode node = OneNode.withOneUpstream();
        node.send(2);
        // when
        node.run(150 * SECOND_NS);
        node.first.land(message(1));
        node.first.execute(2);
        node.run(600 * SECOND_NS);
        // then: at 0, 60 and 120 s, and not after the confirmation
        assertThat(node.first.pushedNonces().stream().flatMap(List::stream).toList())
                .containsExactly(0L, 1L, 0L, 1L, 0L, 1L);
    }

    @Test
    void shouldNotPushAgainWhatTheChainHasExecuted() {
        // given
        final OneNode node = OneNode.withOneUpstream();
        node.first.execute(2);
        // when: a new leader finds two executed and two pending messages
        node.send(4);
        node.run(SECOND_NS / 10);
        // then
        assertThat(node.first.pushedNonces()).containsExactly(List.of(2L, 3L));
    }

    @Test
    void shouldTryAnotherUpstreamFromTheBottomWhenARebroadcastBroughtNothing() {
        // given: the first upstream says that everything is executed
        final OneNode node = OneNode.withTwoUpstreams();
        node.first.execute(9);
        node.send(2);
        // when
        node.run(61 * SECOND_NS);
        // then
        assertThat(node.second.pushedNonces()).containsExactly(List.of(0L, 1L));
    }

    @Test
    void shouldPushNothingWhileHaltedAndFromTheFirstUnconfirmedNonceWhenResumed() {
        // given
        final OneNode node = OneNode.withOneUpstream();
        node.send(2);
        node.run(SECOND_NS / 10);
        node.cluster.commit(new Event.LaneHalted(0, "by hand"));
        node.send(1);
        node.run(100 * SECOND_NS);
        final int pushesWhileHalted = node.first.pushes().size();
        // when
        node.cluster.commit(new Event.LaneResumed(0, "by hand"));
        node.run(SECOND_NS / 10);
        // then
        assertThat(pushesWhileHalted).isEqualTo(1);
        assertThat(node.first.pushedNonces()).last().isEqualTo(List.of(0L, 1L, 2L));
    }

    @Test
    void shouldPushAgainAtOnceWhenAConfirmationIsUndone() {
        // given
        final OneNode node = OneNode.withOneUpstream();
        node.send(2);
        node.run(SECOND_NS / 10);
        node.first.execute(2);
        node.cluster.commit(new Event.NonceConfirmed(0, 2, 1));
        node.run(SECOND_NS / 10);
        // when
        node.cluster.commit(new Event.NonceReorged(0, 1));
        node.run(SECOND_NS / 10);
        // then
        assertThat(node.first.pushedNonces()).containsExactly(List.of(0L, 1L), List.of(1L));
    }

    @Test
    void shouldIgnoreAnswersAndStopPushingWhenTheEpochEnds() {
        // given
        final OneNode node = OneNode.withOneUpstream();
        node.send(8);
        node.run(2 * MS);
        final int pushes = node.first.pushes().size();
        // when
        node.endEpoch();
        node.run(300 * SECOND_NS);
        // then
        assertThat(node.first.pushes()).hasSize(pushes);
        assertThat(node.openTerm()).isZero();
    }

    private static String wordsOf(final PushOutcome outcome) {
        return outcome.getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_");
    }
}
