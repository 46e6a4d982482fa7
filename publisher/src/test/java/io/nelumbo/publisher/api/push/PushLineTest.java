package io.nelumbo.publisher.api.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.publisher.chain.Signing;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.FilecoinDraft;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;
import io.nelumbo.publisher.pipeline.PublishOutcome;
import io.nelumbo.publisher.pipeline.Receipt;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Pushes that do not wait for each other; accounts open at nonce 5. */
final class PushLineTest {
    private final GatewayFixture node = new GatewayFixture(GatewayFixture.patience(2000, 1));

    @Test
    void shouldReplyToEachForItselfWhenOneInTheMiddleIsRefused() throws Exception {
        // when
        final List<CompletableFuture<PushReply>> replies =
                publish(
                        node,
                        push(1, node.message(1)),
                        push(2, from(node.stranger)),
                        push(3, node.message(3)));

        // then
        assertThat(committed(replies.get(0)).nonce()).isEqualTo(5);
        assertThat(refused(replies.get(1)).kind()).isEqualTo(RefusalKind.REFUSED);
        assertThat(refused(replies.get(1)).text()).contains("key for", "not found");
        assertThat(committed(replies.get(2)).nonce()).isEqualTo(6);
    }

    @Test
    void shouldKeepTheOrderOfALineWhileTheFirstStillWaitsForItsGas() throws Exception {
        // given: only the first has to ask
        final CompletableFuture<Void> gate = new CompletableFuture<>();
        node.chain.gate = gate;
        final PushLine line = node.gateway.line(GatewayFixture.PRINCIPAL);
        final CompletableFuture<PushReply> first = new CompletableFuture<>();
        final CompletableFuture<PushReply> second = new CompletableFuture<>();

        // when
        line.publish(List.of(new PushLine.Entry(push(1, node.message(1, 0)), first::complete)));
        line.publish(List.of(new PushLine.Entry(push(2, node.message(2)), second::complete)));
        gate.complete(null);

        // then
        assertThat(committed(first).nonce()).isEqualTo(5);
        assertThat(committed(second).nonce()).isEqualTo(6);
    }

    @Test
    void shouldKeepReceiptsAndOrderWhenOnePreparationOutlastsPatience() {
        // given: the balance is known, and only the second has to ask
        final GatewayFixture hasty = new GatewayFixture(GatewayFixture.patience(200, 1));
        committed(publish(hasty, push(9, hasty.message(9))).get(0));
        final CompletableFuture<Void> gate = new CompletableFuture<>();
        hasty.chain.gate = gate;
        final PushLine line = hasty.gateway.line(GatewayFixture.PRINCIPAL);

        // when
        final List<CompletableFuture<PushReply>> replies =
                publish(line, push(1, hasty.message(1)), push(2, hasty.message(2, 0)));
        assertThat(committed(replies.get(0)).nonce()).isEqualTo(6);
        final CompletableFuture<PushReply> third = publish(line, push(3, hasty.message(3))).get(0);

        // then: nobody overtakes who is not with the pipeline
        final PushReply.Refused unknown = refused(replies.get(1));
        assertThat(unknown.kind()).isEqualTo(RefusalKind.OUTCOME_UNKNOWN);
        assertThat(unknown.text()).contains("no answer within 200 ms");
        assertThat(third).isNotDone();
        gate.complete(null);
        assertThat(committed(third).nonce()).isEqualTo(8);
        assertThat(hasty.requests)
                .extracting(request -> request.requestId().low())
                .containsExactly(9L, 1L, 2L, 3L);
    }

    @Test
    void shouldNotOvertakeAPushThatAnotherLineStillPrepares() {
        // given: a line's push waits for its gas, and its client repeats it on another line
        committed(publish(node, push(8, node.message(8))).get(0));
        final CompletableFuture<Void> gate = new CompletableFuture<>();
        node.chain.gate = gate;
        final CompletableFuture<PushReply> first =
                publish(node, push(1, node.message(1, 0))).get(0);
        await(() -> node.chain.asked.contains("GasEstimateMessageGas"));

        // when: there is another behind it, which has to ask nobody
        final List<CompletableFuture<PushReply>> repeated =
                publish(node, push(1, node.message(1, 0)), push(2, node.message(2)));
        committed(publish(node, push(9, node.message(9))).get(0));
        gate.complete(null);

        // then
        assertThat(committed(first).nonce()).isEqualTo(7);
        assertThat(committed(repeated.get(0)).nonce()).isEqualTo(7);
        assertThat(committed(repeated.get(1)).nonce()).isEqualTo(8);
    }

    @Test
    void shouldTellAFollowerWhatIsCommittedWhenOnePreparationOutlastsPatience() {
        // given
        final GatewayFixture leader = new GatewayFixture(GatewayFixture.patience(400, 1));
        final GatewayFixture follower = followerOf(leader);
        committed(publish(leader, push(9, leader.message(9))).get(0));
        leader.chain.gate = new CompletableFuture<>();

        // when
        final List<CompletableFuture<PushReply>> replies =
                publish(follower, push(1, leader.message(1)), push(2, leader.message(2, 0)));

        // then
        assertThat(committed(replies.get(0)).nonce()).isEqualTo(6);
        leader.chain.gate.complete(null);
        assertThat(committed(replies.get(1)).nonce()).isEqualTo(7);
    }

    @Test
    void shouldKeepTheOrderThroughAFollowerWhenACallFailsAndIsRepeated() {
        // given: the first call is lost
        final GatewayFixture follower = followerOf(node);
        final var route = follower.cluster.route;
        final AtomicInteger calls = new AtomicInteger();
        follower.cluster.route =
                request ->
                        calls.getAndIncrement() == 0
                                ? CompletableFuture.failedFuture(new IllegalStateException("lost"))
                                : route.apply(request);
        final PushLine line = follower.gateway.line(GatewayFixture.PRINCIPAL);

        // when
        final CompletableFuture<PushReply> first = publish(line, push(1, node.message(1))).get(0);
        final CompletableFuture<PushReply> second = publish(line, push(2, node.message(2))).get(0);

        // then
        assertThat(committed(first).nonce()).isEqualTo(5);
        assertThat(committed(second).nonce()).isEqualTo(6);
    }

    @Test
    void shouldTryOnlyThatOneAgainWhoseOutcomeIsUnknownI4() throws Exception {
        // given: the second is published, and its answer lost
        node.script.add(node.log::publish);
        node.script.add(
                request -> {
                    node.log.publish(request);
                    return new PublishOutcome.OutcomeUnknown("leadership was lost");
                });

        // when
        final List<CompletableFuture<PushReply>> replies =
                publish(
                        node,
                        push(1, node.message(1)),
                        push(2, node.message(2)),
                        push(3, node.message(3)));

        // then
        assertThat(replies)
                .extracting(reply -> committed(reply).nonce())
                .containsExactly(5L, 6L, 7L);
        assertThat(node.requests).hasSize(4);
    }

    @Test
    void shouldSayUnderWhichIdToRepeatWhatMayBeCommitted() throws Exception {
        for (int i = 0; i < 2; i++) {
            node.script.add(request -> new PublishOutcome.OutcomeUnknown("leadership was lost"));
        }

        final PushReply.Refused refused = refused(publish(node, push(1, node.message(1))).get(0));

        assertThat(refused.kind()).isEqualTo(RefusalKind.OUTCOME_UNKNOWN);
        assertThat(refused.text())
                .contains("leadership was lost", "may be committed or not")
                .contains(refused.requestId().toString());
        assertThat(refused.requestId().uuid()).isEqualTo(new UUID(7, 1));
    }

    @Test
    void shouldNotCallARefusalFinalWhenAnEarlierAttemptMayBeInFlightI4() throws Exception {
        node.script.add(request -> new PublishOutcome.OutcomeUnknown("leadership was lost"));
        node.script.add(request -> new PublishOutcome.Overloaded("ring", 10));

        final PushReply.Refused refused = refused(publish(node, push(1, node.message(1))).get(0));

        assertThat(refused.kind()).isEqualTo(RefusalKind.OUTCOME_UNKNOWN);
        assertThat(refused.text()).contains("another attempt was refused (overloaded: ring full");
    }

    @Test
    void shouldSayThatThereIsNoLeaderWhenPatienceEnds() throws Exception {
        final GatewayFixture hasty = new GatewayFixture(GatewayFixture.patience(50, 1));
        for (int i = 0; i < 1000; i++) {
            hasty.script.add(request -> new PublishOutcome.NotLeading());
        }

        final PushReply.Refused refused = refused(publish(hasty, push(1, hasty.message(1))).get(0));

        assertThat(refused.kind()).isEqualTo(RefusalKind.NO_LEADER);
        assertThat(refused.text()).startsWith("no leader within 50 ms; this attempt published no");
    }

    @Test
    void shouldTellFailuresApartThroughAFollowerToo() throws Exception {
        // given
        final GatewayFixture follower = followerOf(node);
        assertThat(committed(publish(node, push(1, node.message(1))).get(0)).nonce()).isEqualTo(5);
        node.script.add(node.log::publish);
        node.script.add(request -> new PublishOutcome.Overloaded("ring", 10));
        node.script.add(request -> new PublishOutcome.LaneHalted("by hand"));

        // when
        final List<CompletableFuture<PushReply>> replies =
                publish(
                        follower,
                        push(1, node.message(99)),
                        push(2, node.message(2)),
                        push(3, node.message(3)),
                        push(4, node.message(4)));

        // then
        assertThat(refused(replies.get(0)).kind()).isEqualTo(RefusalKind.REQUEST_ID_REUSED);
        assertThat(refused(replies.get(1)).kind()).isEqualTo(RefusalKind.OVERLOADED);
        assertThat(refused(replies.get(1)).retryAfterMs()).isEqualTo(10);
        assertThat(refused(replies.get(2)).kind()).isEqualTo(RefusalKind.LANE_HALTED);
        assertThat(committed(replies.get(3)).nonce()).isEqualTo(6);
        assertThat(follower.requests).isEmpty();
    }

    @Test
    void shouldSendTheLeaderOneCallAtATimeAndTheRestTogetherBehindIt() throws Exception {
        // given
        final GatewayFixture follower = followerOf(node);
        final var route = follower.cluster.route;
        final CompletableFuture<Void> gate = new CompletableFuture<>();
        final AtomicInteger calls = new AtomicInteger();
        follower.cluster.route =
                request -> {
                    calls.incrementAndGet();
                    return gate.thenCompose(open -> route.apply(request));
                };
        final PushLine line = follower.gateway.line(GatewayFixture.PRINCIPAL);
        final List<CompletableFuture<PushReply>> replies = new ArrayList<>();

        // when
        for (int n = 1; n <= 20; n++) {
            final CompletableFuture<PushReply> reply = new CompletableFuture<>();
            replies.add(reply);
            line.publish(List.of(new PushLine.Entry(push(n, node.message(n)), reply::complete)));
        }
        gate.complete(null);

        // then
        for (int n = 0; n < replies.size(); n++) {
            assertThat(committed(replies.get(n)).nonce()).isEqualTo(5 + n);
        }
        assertThat(calls.get()).isLessThanOrEqualTo(20);
    }

    @Test
    void shouldTakeSignedMessagesOfOneAccountInTheirOrder() throws Exception {
        final List<CompletableFuture<PushReply>> replies =
                publish(node, signed(5), signed(6), signed(9), signed(7));

        assertThat(committed(replies.get(0)).nonce()).isEqualTo(5);
        assertThat(committed(replies.get(1)).nonce()).isEqualTo(6);
        assertThat(refused(replies.get(2)).kind()).isEqualTo(RefusalKind.WRONG_NONCE);
        assertThat(committed(replies.get(3)).nonce()).isEqualTo(7);
    }

    private static GatewayFixture followerOf(final GatewayFixture leader) {
        final GatewayFixture follower =
                new GatewayFixture(GatewayFixture.patience(2000, 1), leader.log.ledger());
        follower.cluster.leading = false;
        follower.cluster.route = leader.gateway::onLeaderCall;
        return follower;
    }

    private static Push push(final int id, final FilecoinMessage message) {
        return Push.of(message, GatewayFixture.spec(new UUID(7, id)));
    }

    private Push signed(final long nonce) {
        final FilecoinMessage message =
                node.message(1, 100_000).withGas(100_000, BigInteger.valueOf(200), BigInteger.TEN);
        final Signing.Signed signed =
                (Signing.Signed) FilecoinDraft.of(message, node.key).sign(nonce);
        return Push.signed(SignedFilecoinMessage.decode(signed.bytes()));
    }

    private FilecoinMessage from(final FilecoinAddress sender) {
        return new FilecoinMessage(
                node.to,
                sender,
                0,
                BigInteger.ONE,
                1000,
                BigInteger.valueOf(20),
                BigInteger.TEN,
                0,
                new byte[0]);
    }

    private static List<CompletableFuture<PushReply>> publish(
            final GatewayFixture at, final Push... pushes) {
        return publish(at.gateway.line(GatewayFixture.PRINCIPAL), pushes);
    }

    private static List<CompletableFuture<PushReply>> publish(
            final PushLine line, final Push... pushes) {
        final List<CompletableFuture<PushReply>> replies = new ArrayList<>();
        final List<PushLine.Entry> entries = new ArrayList<>();
        for (final Push push : pushes) {
            final CompletableFuture<PushReply> reply = new CompletableFuture<>();
            replies.add(reply);
            entries.add(new PushLine.Entry(push, reply::complete));
        }
        line.publish(entries);
        return replies;
    }

    private static void await(final BooleanSupplier condition) {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadlineNs);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private static Receipt committed(final CompletableFuture<PushReply> reply) {
        return ((PushReply.Committed) reply.orTimeout(20, TimeUnit.SECONDS).join()).receipt();
    }

    private static PushReply.Refused refused(final CompletableFuture<PushReply> reply) {
        return (PushReply.Refused) reply.orTimeout(20, TimeUnit.SECONDS).join();
    }
}
