package io.nelumbo.publisher.api.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.event.RequestId;
import io.nelumbo.publisher.chain.Signing;
import io.nelumbo.publisher.chain.filecoin.FilecoinDraft;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.lotus.PushSpec;
import io.nelumbo.publisher.pipeline.PublishOutcome;
import io.nelumbo.publisher.pipeline.PublishRequest;
import io.nelumbo.publisher.pipeline.Receipt;
import io.nelumbo.statemachine.ledger.Ledger;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A push on a node that follows: over to the leader and back. */
final class ForwardingTest {
    private final GatewayFixture leader = new GatewayFixture(GatewayFixture.patience(5000, 1));
    private final Ledger followersLedger = new Ledger();
    private final GatewayFixture follower =
            new GatewayFixture(GatewayFixture.patience(5000, 1), followersLedger);

    @BeforeEach
    void follow() {
        follower.cluster.leading = false;
        follower.cluster.route =
                request ->
                        leader.gateway
                                .onLeaderCall(request)
                                .whenComplete((answer, failure) -> replicate());
    }

    @Test
    void shouldHaveTheLeaderDecide() throws Exception {
        final PushSpec spec = new PushSpec(BigInteger.valueOf(5500), null, false);

        final PushResult result = follower.push(follower.message(1, 0), spec);

        assertThat(result.failure()).isNull();
        assertThat(result.receipts().get(0).nonce()).isEqualTo(5);
        assertThat(follower.requests).isEmpty();
        final PublishRequest request = leader.requests.peek();
        assertThat(request.principal()).isEqualTo(GatewayFixture.PRINCIPAL);
        assertThat(request.requestHash())
                .isEqualTo(Digests.sha256(follower.message(1, 0).encode()));
        assertThat(leader.chain.asked).contains("GasEstimateMessageGas");
    }

    @Test
    void shouldCarryReceiptsAndRefusalsWholeI4() throws Exception {
        final PushResult viaFollower = follower.push(follower.message(1), id(1));
        final PushResult viaLeader = leader.push(leader.message(1), id(1));

        assertThat(viaLeader.receipts()).hasSize(1);
        assertThat(viaFollower.receipts().get(0))
                .usingRecursiveComparison()
                .isEqualTo(viaLeader.receipts().get(0));
        assertThat(follower.push(follower.message(2), id(1)).failure())
                .isEqualTo(leader.push(leader.message(2), id(1)).failure())
                .startsWith("request id reused");
    }

    @Test
    void shouldHaveTheLeaderDecideAboutASignedMessageAndReadItHere() throws Exception {
        // given: the bytes that the leader's wallet would make, signed by the client itself
        final SignedFilecoinMessage signed =
                SignedFilecoinMessage.decode(
                        ((Signing.Signed)
                                        FilecoinDraft.of(
                                                        follower.message(1, 100_000)
                                                                .withGas(
                                                                        100_000,
                                                                        BigInteger.valueOf(200),
                                                                        BigInteger.TEN),
                                                        follower.key)
                                                .sign(5))
                                .bytes());

        // when
        final PushResult first = pushSigned(signed);
        final PushResult again = pushSigned(signed);
        final PushResult viaLeader =
                leader.gateway
                        .pushSigned(List.of(signed), GatewayFixture.PRINCIPAL)
                        .get(20, TimeUnit.SECONDS);

        // then
        assertThat(first.failure()).isNull();
        assertThat(first.receipts().get(0).signedBytes()).isEqualTo(signed.encode());
        assertThat(again.receipts().get(0).sequence())
                .isEqualTo(first.receipts().get(0).sequence())
                .isEqualTo(viaLeader.receipts().get(0).sequence());
        assertThat(followersLedger.nextNonce(0)).isEqualTo(6);
        assertThat(leader.requests.peek().principal()).isEqualTo(GatewayFixture.PRINCIPAL);
    }

    @Test
    void shouldAskTheNextLeaderUnderTheSameRequestIdWhenTheFirstOneDiesI4() throws Exception {
        final AtomicInteger calls = new AtomicInteger();
        final var living = follower.cluster.route;
        follower.cluster.route =
                request -> {
                    if (calls.getAndIncrement() > 0) {
                        return living.apply(request);
                    }
                    // It publishes, and dies before it can say so.
                    return living.apply(request)
                            .thenCompose(
                                    lost ->
                                            CompletableFuture.failedFuture(
                                                    new IllegalStateException("connection reset")));
                };

        final PushResult result = follower.push(follower.message(1), PushSpec.NONE);

        assertThat(result.failure()).isNull();
        assertThat(result.receipts().get(0).nonce()).isEqualTo(5);
        assertThat(calls).hasValue(2);
        assertThat(leader.log.ledger().nextNonce(0)).isEqualTo(6);
        assertThat(leader.requests.stream().map(PublishRequest::requestId).distinct()).hasSize(1);
    }

    @Test
    void shouldTakeOverWhenItIsElectedItself() throws Exception {
        follower.cluster.route =
                request -> {
                    follower.cluster.leading = true;
                    return CompletableFuture.failedFuture(new IllegalStateException("gone"));
                };
        follower.script.add(
                request -> {
                    final PublishOutcome outcome = leader.log.publish(request);
                    replicate();
                    return outcome;
                });
        leader.log.open(leader.from.account(), 5);
        replicate();

        final PushResult result = follower.push(follower.message(1), PushSpec.NONE);

        assertThat(result.failure()).isNull();
        assertThat(follower.requests).hasSize(1);
    }

    @Test
    void shouldSayWhenNoLeaderAnswers() throws Exception {
        final GatewayFixture alone = new GatewayFixture(GatewayFixture.patience(150, 1));
        alone.cluster.leading = false;
        alone.cluster.route = request -> new CompletableFuture<>();

        final long startNs = System.nanoTime();
        final String failure = alone.push(alone.message(1), id(9)).failure();

        assertThat(failure)
                .startsWith("outcome unknown: no answer within 150 ms")
                .contains(id(9).requestId().toString())
                .contains("retry with the same MsgUuid");
        assertThat(System.nanoTime() - startNs).isLessThan(TimeUnit.SECONDS.toNanos(5));
    }

    @Test
    void shouldAnswerOnlyWhenItsOwnLedgerHasTheMessage() throws Exception {
        follower.cluster.route = leader.gateway::onLeaderCall;

        final CompletableFuture<PushResult> push =
                follower.gateway.push(follower.message(1), PushSpec.NONE, GatewayFixture.PRINCIPAL);
        // The leader has committed it; the follower has not applied it.
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (leader.log.ledger().unconfirmedMessages() == 0 && System.nanoTime() < deadlineNs) {
            LockSupport.parkNanos(100_000);
        }
        assertThat(push).isNotDone();

        replicate();
        final Receipt receipt = push.get(10, TimeUnit.SECONDS).receipts().get(0);
        assertThat(followersLedger.nextSequence()).isGreaterThan(receipt.sequence());
    }

    @Test
    void shouldAnswerAllTheSameWhenItsOwnLedgerStaysBehind() throws Exception {
        final GatewayFixture behind =
                new GatewayFixture(GatewayFixture.patience(200, 1), new Ledger());
        behind.cluster.leading = false;
        behind.cluster.route = leader.gateway::onLeaderCall;

        final PushResult result = behind.push(behind.message(1), PushSpec.NONE);

        assertThat(result.failure()).isNull();
        assertThat(result.receipts()).hasSize(1);
    }

    @Test
    void shouldSendALongBatchInPartsAndInOrder() throws Exception {
        final AtomicInteger calls = new AtomicInteger();
        final var whole = follower.cluster.route;
        follower.cluster.route =
                request -> {
                    calls.incrementAndGet();
                    return whole.apply(request);
                };
        final List<FilecoinMessage> messages =
                IntStream.range(0, 600).mapToObj(follower::message).toList();

        final PushResult result =
                follower.gateway
                        .pushBatch(messages, PushSpec.NONE, GatewayFixture.PRINCIPAL)
                        .get(20, TimeUnit.SECONDS);

        assertThat(result.receipts()).hasSize(600);
        assertThat(result.receipts().get(599).nonce()).isEqualTo(604);
        assertThat(calls).hasValue(3);
    }

    @Test
    void shouldRefuseWhatItCannotReadFromAPeer() throws Exception {
        for (final String hostile :
                List.of(
                        "",
                        "{",
                        "[]",
                        "{\"v\":1}",
                        "{\"v\":2,\"pushes\":[{}]}",
                        "{\"v\":2,\"pushes\":[{\"is\":\"message\"}]}",
                        "{\"v\":2,\"pushes\":[{\"is\":\"signed\",\"signed\":\"AA==\"}]}")) {
            final byte[] answer =
                    leader.gateway
                            .onLeaderCall(hostile.getBytes(StandardCharsets.UTF_8))
                            .get(10, TimeUnit.SECONDS);

            assertThat(LeaderWire.decodeAnswers(answer))
                    .singleElement()
                    .isInstanceOf(PushAnswer.Refused.class);
        }
        assertThat(leader.requests).isEmpty();
    }

    private PushResult pushSigned(final SignedFilecoinMessage signed) throws Exception {
        return follower.gateway
                .pushSigned(List.of(signed), GatewayFixture.PRINCIPAL)
                .get(20, TimeUnit.SECONDS);
    }

    private void replicate() {
        leader.log.catchUp(followersLedger);
        follower.applied.onApplied();
    }

    private static PushSpec id(final int low) {
        return new PushSpec(BigInteger.ZERO, new RequestId(1, low), false);
    }
}
