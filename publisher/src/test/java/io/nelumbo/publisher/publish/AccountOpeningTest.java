package io.nelumbo.publisher.publish;

import static io.nelumbo.publisher.publish.OneNode.SECOND_NS;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.publisher.chain.Address;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class AccountOpeningTest {

    private static final int ACCOUNT = 7;

    /** More than all tries take, with a second between them. */
    private static final long GIVEN_UP_NS = 15 * SECOND_NS;

    private static final OpenOutcome PENDING = new OpenOutcome.AskAgain();
    private static final Address ADDRESS =
            new Address(ChainKind.FILECOIN, TestMessage.address(ACCOUNT));

    @Test
    void shouldOpenAtTheHighestNonceThatAnyUpstreamTells() {
        // given
        final OneNode node = OneNode.withTwoUpstreams();
        node.first.execute(3);
        node.first.pend(3, 5);
        node.second.execute(3);
        node.second.pend(3, 8);
        // when
        final CompletableFuture<OpenOutcome> opened = open(node);
        node.run(SECOND_NS);
        // then
        assertThat(opened).isCompletedWithValue(new OpenOutcome.Opened(1));
        assertThat(node.cluster.account(ACCOUNT).firstNonce()).isEqualTo(8);
    }

    @Test
    void shouldNotOpenBelowWhatIsExecuted() {
        // given: a pool that forgot what the chain has
        final OneNode node = OneNode.withOneUpstream();
        node.first.expectNext(2);
        node.first.execute(4);
        // when
        open(node);
        node.run(SECOND_NS);
        // then
        assertThat(node.cluster.account(ACCOUNT).firstNonce()).isEqualTo(4);
    }

    @Test
    void shouldOpenWithTheUpstreamsThatAnswer() {
        // given
        final OneNode node = OneNode.withTwoUpstreams();
        node.first.beSilent(true);
        node.second.pend(0, 8);
        // when
        final CompletableFuture<OpenOutcome> opened = open(node);
        node.run(SECOND_NS);
        // then
        assertThat(opened).isCompletedWithValue(new OpenOutcome.Opened(1));
    }

    @Test
    void shouldNotBelieveANonceThatThePoolDoesNotLeadTo_I1() {
        // given: it would leave a gap for ever
        final OneNode node = OneNode.withTwoUpstreams();
        node.first.execute(3);
        node.first.pend(3, 5);
        node.second.execute(3);
        node.second.expectNext(1_000_000_000_000L);
        // when
        final CompletableFuture<OpenOutcome> opened = open(node);
        node.run(GIVEN_UP_NS);
        // then
        assertThat(((OpenOutcome.NotOpened) opened.getNow(PENDING)).reason())
                .isEqualTo(
                        "second would give a nonce that its own pool does not lead to: first at"
                                + " height 101 says next nonce 5, executed 3, 2 pending; second at"
                                + " height 101 says next nonce 1000000000000, executed 3, 0"
                                + " pending");
        assertThat(node.cluster.ledger().accountCount()).isEqualTo(1);
        // when: it comes to its senses, and somebody asks again
        node.second.pend(3, 6);
        final CompletableFuture<OpenOutcome> again = open(node);
        node.run(SECOND_NS);
        // then
        assertThat(again).isCompletedWithValue(new OpenOutcome.Opened(1));
        assertThat(node.cluster.account(ACCOUNT).firstNonce()).isEqualTo(6);
    }

    @Test
    void shouldNotBelieveAPoolWithAHole() {
        // given
        final OneNode node = OneNode.withOneUpstream();
        node.first.pend(1, 8);
        // when
        final CompletableFuture<OpenOutcome> opened = open(node);
        node.run(GIVEN_UP_NS);
        // then
        assertThat(opened.getNow(PENDING)).isInstanceOf(OpenOutcome.NotOpened.class);
    }

    @Test
    void shouldNotOpenWhileOneCallsExecutedWhatAnotherHasNeverSeen() {
        // given: one of the two is not at the head of the chain, or lies
        final OneNode node = OneNode.withTwoUpstreams();
        node.first.execute(3);
        node.second.execute(900);
        // when
        final CompletableFuture<OpenOutcome> opened = open(node);
        node.run(GIVEN_UP_NS);
        // then
        assertThat(((OpenOutcome.NotOpened) opened.getNow(PENDING)).reason())
                .startsWith(
                        "first and second disagree by more than pending messages explain: first"
                                + " at height 101 says next nonce 0, executed 3");
        // when: it was only behind
        node.first.execute(900);
        final CompletableFuture<OpenOutcome> again = open(node);
        node.run(SECOND_NS);
        // then
        assertThat(again).isCompletedWithValue(new OpenOutcome.Opened(1));
    }

    @Test
    void shouldOpenWhenOneHasExecutedWhatStillWaitsAtTheOther() {
        // given
        final OneNode node = OneNode.withTwoUpstreams();
        node.first.execute(3);
        node.first.pend(3, 8);
        node.second.execute(8);
        // when
        final CompletableFuture<OpenOutcome> opened = open(node);
        node.run(SECOND_NS);
        // then
        assertThat(opened).isCompletedWithValue(new OpenOutcome.Opened(1));
        assertThat(node.cluster.account(ACCOUNT).firstNonce()).isEqualTo(8);
    }

    @Test
    void shouldSayWhyWhenNobodyAnswers() {
        // given
        final OneNode node = OneNode.withOneUpstream();
        node.first.beSilent(true);
        // when
        final CompletableFuture<OpenOutcome> opened = open(node);
        node.run(SECOND_NS);
        // then
        assertThat(opened.getNow(PENDING))
                .isInstanceOfSatisfying(
                        OpenOutcome.NotOpened.class,
                        not -> assertThat(not.reason()).contains("connection refused"));
        // when: asked again
        node.first.beSilent(false);
        final CompletableFuture<OpenOutcome> again = open(node);
        node.run(SECOND_NS);
        // then
        assertThat(again).isCompletedWithValue(new OpenOutcome.Opened(1));
    }

    @Test
    void shouldNotOpenWhileFewerTellTheNonceThanMust() {
        // given: one that nobody contradicts, and two have to tell
        final OneNode node = OneNode.believing(2, false);
        node.first.beSilent(true);
        node.second.pend(0, 8);
        // when
        final CompletableFuture<OpenOutcome> opened = open(node);
        node.run(SECOND_NS);
        // then
        assertThat(opened)
                .isCompletedWithValue(
                        new OpenOutcome.NotOpened(
                                "expected at least 2 of 2 upstreams to tell the account's nonce"
                                        + " but 1 did: first: connection refused"));
        assertThat(node.cluster.ledger().accountCount()).isEqualTo(1);
        // when: asked again
        node.first.beSilent(false);
        final CompletableFuture<OpenOutcome> again = open(node);
        node.run(SECOND_NS);
        // then
        assertThat(again).isCompletedWithValue(new OpenOutcome.Opened(1));
    }

    @Test
    void shouldOpenPastAnUpstreamWhoseHeadIsStuck() {
        // given
        final OneNode node = OneNode.withTwoUpstreams();
        node.first.execute(3);
        node.first.expectNext(1_000_000);
        node.first.readAt(40);
        node.second.execute(900);
        // when
        final CompletableFuture<OpenOutcome> opened = open(node);
        node.run(SECOND_NS);
        // then
        assertThat(opened).isCompletedWithValue(new OpenOutcome.Opened(1));
        assertThat(node.cluster.account(ACCOUNT).firstNonce()).isEqualTo(900);
    }

    @Test
    void shouldOpenAboveWhatTheStuckOneShowsInItsPool() {
        // given: messages that were pushed to it alone
        final OneNode node = OneNode.withTwoUpstreams();
        node.first.execute(3);
        node.first.pend(3, 10);
        node.first.readAt(40);
        node.second.execute(8);
        // when
        open(node);
        node.run(SECOND_NS);
        // then
        assertThat(node.cluster.account(ACCOUNT).firstNonce()).isEqualTo(10);
    }

    @Test
    void shouldNotOpenWhenTheStuckOneHasExecutedMore() {
        // given: one of the two lies
        final OneNode node = OneNode.withTwoUpstreams();
        node.first.execute(900);
        node.first.readAt(40);
        node.second.execute(3);
        // when
        final CompletableFuture<OpenOutcome> opened = open(node);
        node.run(GIVEN_UP_NS);
        // then
        assertThat(((OpenOutcome.NotOpened) opened.getNow(PENDING)).reason())
                .startsWith("first is behind and has executed more than those at the head expect:")
                .contains("first at height 40 says");
    }

    @Test
    void shouldHearTheStuckOneWhileTooFewAreLeftWithoutIt() {
        // given
        final OneNode node = OneNode.believing(2, false);
        node.first.execute(3);
        node.first.readAt(40);
        node.second.execute(900);
        // when
        final CompletableFuture<OpenOutcome> opened = open(node);
        node.run(GIVEN_UP_NS);
        // then
        assertThat(((OpenOutcome.NotOpened) opened.getNow(PENDING)).reason())
                .contains("first at height 40 says")
                .contains("second at height 101 says");
    }

    @Test
    void shouldNotLetOneWithAMadeUpHeadOutvoteTheOthers() {
        // given
        final OneNode node = OneNode.withThreeUpstreams();
        node.first.execute(3);
        node.second.execute(3);
        node.third.execute(900);
        node.third.readAt(1_000_000);
        // when
        final CompletableFuture<OpenOutcome> opened = open(node);
        node.run(GIVEN_UP_NS);
        // then
        assertThat(opened.getNow(PENDING)).isInstanceOf(OpenOutcome.NotOpened.class);
    }

    @Test
    void shouldOpenABusyAccountWithTheNextTipset() {
        // given: the newest tipset has message 3, which is in no pool any more
        final OneNode node = OneNode.withOneUpstream();
        node.first.execute(3);
        node.first.pend(4, 4);
        final CompletableFuture<OpenOutcome> opened = open(node);
        node.run(2 * SECOND_NS);
        // when: message 4 waits in the pool, and is in the next tipset
        node.first.pend(4, 5);
        node.run(2 * SECOND_NS);
        assertThat(opened).isNotDone();
        node.first.execute(4);
        node.first.pend(5, 5);
        node.run(2 * SECOND_NS);
        // then
        assertThat(opened).isCompletedWithValue(new OpenOutcome.Opened(1));
        assertThat(node.cluster.account(ACCOUNT).firstNonce()).isEqualTo(5);
    }

    @Test
    void shouldGiveUpWhenTwoTipsetsSettledNothing() {
        // given
        final OneNode node = OneNode.withOneUpstream();
        node.first.expectNext(8);
        final CompletableFuture<OpenOutcome> opened = open(node);
        node.run(2 * SECOND_NS);
        assertThat(opened).isNotDone();
        // when
        node.first.readAt(102);
        node.run(2 * SECOND_NS);
        // then
        assertThat(opened.getNow(PENDING)).isInstanceOf(OpenOutcome.NotOpened.class);
    }

    @Test
    void shouldAskNoMoreWhenTheEpochEndsInTheMiddle() {
        // given
        final OneNode node = OneNode.withOneUpstream();
        node.first.expectNext(8);
        final CompletableFuture<OpenOutcome> opened = open(node);
        node.run(2 * SECOND_NS + SECOND_NS / 2);
        // when
        node.cluster.leader().publishing().epochClosed(node.cluster.term());
        node.run(SECOND_NS / 10);
        final int questions = node.first.questions();
        node.run(GIVEN_UP_NS);
        // then
        assertThat(opened).isCompletedWithValue(new OpenOutcome.AskAgain());
        assertThat(node.first.questions()).isEqualTo(questions);
    }

    @Test
    void shouldOpenOnceForAllWhoAskAtTheSameTime() {
        // given
        final OneNode node = OneNode.withOneUpstream();
        final CompletableFuture<OpenOutcome> one = open(node);
        final int questions = node.first.questions();
        // when
        final CompletableFuture<OpenOutcome> other = open(node);
        node.run(SECOND_NS / 2);
        // then
        assertThat(node.first.questions() - questions).isLessThanOrEqualTo(3);
        assertThat(one.join()).isEqualTo(other.join()).isEqualTo(new OpenOutcome.Opened(1));
        assertThat(open(node)).isCompletedWithValue(new OpenOutcome.Opened(1));
    }

    @Test
    void shouldSayToAskAgainWhenItDoesNotLead() {
        // given
        final OneNode node = OneNode.withOneUpstream();
        final CompletableFuture<OpenOutcome> caught = open(node);
        // when
        node.cluster.leader().publishing().epochClosed(node.cluster.term());
        node.run(SECOND_NS);
        // then
        assertThat(caught.join()).isEqualTo(new OpenOutcome.AskAgain());
        assertThat(open(node).join()).isEqualTo(new OpenOutcome.AskAgain());
    }

    private static CompletableFuture<OpenOutcome> open(final OneNode node) {
        final CompletableFuture<OpenOutcome> then = new CompletableFuture<>();
        node.cluster.leader().publishing().open(ADDRESS, then);
        return then;
    }
}
