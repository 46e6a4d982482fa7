package io.nelumbo.publisher.publish;

import static io.nelumbo.publisher.publish.OneNode.SECOND_NS;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.publisher.chain.Address;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class AccountOpeningTest {

    private static final int ACCOUNT = 7;
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
        node.run(SECOND_NS);
        // then
        assertThat(((OpenOutcome.NotOpened) opened.join()).reason())
                .isEqualTo(
                        "second would give a nonce that its own pool does not lead to: first says"
                                + " next nonce 5, executed 3, 2 pending; second says next nonce"
                                + " 1000000000000, executed 3, 0 pending");
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
        node.run(SECOND_NS);
        // then
        assertThat(opened.join()).isInstanceOf(OpenOutcome.NotOpened.class);
    }

    @Test
    void shouldNotOpenWhileOneCallsExecutedWhatAnotherHasNeverSeen() {
        // given: one of the two is not at the head of the chain, or lies
        final OneNode node = OneNode.withTwoUpstreams();
        node.first.execute(3);
        node.second.execute(900);
        // when
        final CompletableFuture<OpenOutcome> opened = open(node);
        node.run(SECOND_NS);
        // then
        assertThat(((OpenOutcome.NotOpened) opened.join()).reason())
                .startsWith(
                        "first and second disagree by more than pending messages explain: first"
                                + " says next nonce 0, executed 3");
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
        assertThat(opened.join())
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
