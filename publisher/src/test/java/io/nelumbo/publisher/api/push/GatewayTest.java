package io.nelumbo.publisher.api.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.event.RequestId;
import io.nelumbo.publisher.chain.UpstreamFailure;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.lotus.PushSpec;
import io.nelumbo.publisher.pipeline.PublishOutcome;
import io.nelumbo.publisher.pipeline.PublishRequest;
import io.nelumbo.publisher.pipeline.Receipt;
import java.math.BigInteger;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A push on the node that leads. */
final class GatewayTest {
    private static final UUID ID = UUID.fromString("7f3c1a52-0b43-4c1e-9a6e-0d7a4f1f2b11");

    private final GatewayFixture node = new GatewayFixture(GatewayFixture.patience(2000, 1));

    @Test
    void shouldSignAtTheAccountsNextNonce() throws Exception {
        final Receipt first = receipt(node.push(node.message(1), PushSpec.NONE));
        final Receipt second = receipt(node.push(node.message(1), PushSpec.NONE));

        assertThat(first.nonce()).isEqualTo(5);
        assertThat(second.nonce()).isEqualTo(6);
        final SignedFilecoinMessage signed = SignedFilecoinMessage.decode(second.signedBytes());
        assertThat(signed.message()).isEqualTo(node.message(1).withNonce(6));
        assertThat(node.chain.asked).containsExactly("WalletBalance");
    }

    @Test
    void shouldAnswerARepeatedRequestIdWithItsReceiptI4() throws Exception {
        final Receipt first = receipt(node.push(node.message(1), GatewayFixture.spec(ID)));
        // Today's funds and a silent chain must not stand in the way of yesterday's receipt.
        node.chain.silent = true;
        final Receipt again = receipt(node.push(node.message(1), GatewayFixture.spec(ID)));

        assertThat(again.signedBytes()).isEqualTo(first.signedBytes());
        assertThat(node.log.ledger().nextNonce(0)).isEqualTo(6);
    }

    @Test
    void shouldJoinAnAttemptThatStillWaitsForItsGasI4() throws Exception {
        // given: the first attempt asks the chain, which answers late
        final FilecoinMessage sent = node.message(1, 0);
        node.chain.gate = new CompletableFuture<>();
        final CompletableFuture<PushResult> first =
                node.gateway.push(sent, GatewayFixture.spec(ID), GatewayFixture.PRINCIPAL);
        // when: the second would be refused for itself
        node.chain.silent = true;
        final CompletableFuture<PushResult> second =
                node.gateway.push(sent, GatewayFixture.spec(ID), GatewayFixture.PRINCIPAL);
        node.chain.silent = false;
        node.chain.gate.complete(null);
        // then
        final Receipt receipt = receipt(first.get(20, TimeUnit.SECONDS));
        assertThat(receipt(second.get(20, TimeUnit.SECONDS)).signedBytes())
                .isEqualTo(receipt.signedBytes());
        assertThat(node.requests).hasSize(1);
        // and: what has been answered is not in flight any more
        assertThat(receipt(node.push(sent, GatewayFixture.spec(ID))).nonce())
                .isEqualTo(receipt.nonce());
        assertThat(node.requests).hasSize(2);
    }

    @Test
    void shouldAnswerWithWhatWasCommittedWhileTheChainWasAskedI4() throws Exception {
        // given: an attempt at this leader asks the chain
        final FilecoinMessage sent = node.message(1, 0);
        node.chain.gate = new CompletableFuture<>();
        final CompletableFuture<PushResult> push =
                node.gateway.push(sent, GatewayFixture.spec(ID), GatewayFixture.PRINCIPAL);
        // when: one at the leader before turns out to be committed, and the chain has no answer
        node.commit(sent, ID);
        node.chain.gate.completeExceptionally(new UpstreamFailure("silent"));
        // then
        assertThat(receipt(push.get(20, TimeUnit.SECONDS)).nonce()).isEqualTo(5);
        assertThat(node.log.ledger().nextNonce(0)).isEqualTo(6);
    }

    @Test
    void shouldCompareTheMessageAsItWasSentBeforeGasWasEstimatedI4() throws Exception {
        final FilecoinMessage sent = node.message(1, 0);
        final Receipt first = receipt(node.push(sent, GatewayFixture.spec(ID)));
        final Receipt again = receipt(node.push(sent, GatewayFixture.spec(ID)));

        assertThat(again.nonce()).isEqualTo(first.nonce());
        assertThat(node.requests)
                .allSatisfy(
                        request ->
                                assertThat(request.requestHash())
                                        .isEqualTo(Digests.sha256(sent.encode())));
    }

    @Test
    void shouldRefuseARequestIdThatWasUsedWithAnotherMessageI4() throws Exception {
        receipt(node.push(node.message(1), GatewayFixture.spec(ID)));

        assertThat(node.push(node.message(2), GatewayFixture.spec(ID)).failure())
                .startsWith("request id reused: ")
                .endsWith("nothing was published");
        assertThat(node.log.ledger().nextNonce(0)).isEqualTo(6);
    }

    @Test
    void shouldAskAgainUnderTheSameRequestIdWhenTheOutcomeIsUnknownI4() throws Exception {
        // The first try commits, but its answer is lost with the epoch.
        node.script.add(
                request -> {
                    node.log.publish(request);
                    return new PublishOutcome.OutcomeUnknown("leadership ended");
                });

        final Receipt receipt = receipt(node.push(node.message(1), PushSpec.NONE));

        assertThat(receipt.nonce()).isEqualTo(5);
        assertThat(node.log.ledger().nextNonce(0)).isEqualTo(6);
        assertThat(node.requests.stream().map(PublishRequest::requestId).distinct()).hasSize(1);
        assertThat(node.requests).hasSize(2);
    }

    @Test
    void shouldSayThatTheOutcomeIsUnknownWhenRetriesAreUsedUp() throws Exception {
        node.script.add(request -> new PublishOutcome.OutcomeUnknown("leadership ended"));
        node.script.add(request -> new PublishOutcome.OutcomeUnknown("ended again"));

        assertThat(node.push(node.message(1), GatewayFixture.spec(ID)).failure())
                .startsWith("outcome unknown: ended again; the message may be committed or not")
                .contains(ID.toString())
                .contains("retry with the same MsgUuid");
        assertThat(node.requests).hasSize(2);
    }

    @Test
    void shouldWaitForALeader() throws Exception {
        for (int i = 0; i < 10; i++) {
            node.script.add(request -> new PublishOutcome.NotLeading());
        }

        assertThat(receipt(node.push(node.message(1), PushSpec.NONE)).nonce()).isEqualTo(5);
        assertThat(node.requests).hasSize(11);
    }

    @Test
    void shouldWaitForTheEpochInWhichAnAccountCanBeOpened() throws Exception {
        node.openingsPutOff.set(3);

        assertThat(receipt(node.push(node.message(1), PushSpec.NONE)).nonce()).isEqualTo(5);
    }

    @Test
    void shouldSayThatNothingWasPublishedWhenNoLeaderComes() throws Exception {
        final GatewayFixture impatient = new GatewayFixture(GatewayFixture.patience(100, 1));
        for (int i = 0; i < 1000; i++) {
            impatient.script.add(request -> new PublishOutcome.NotLeading());
        }

        assertThat(impatient.push(impatient.message(1), PushSpec.NONE).failure())
                .startsWith("no leader within 100 ms; nothing was published: retry");
    }

    @Test
    void shouldSayWhatIsFullHaltedOrUnsigned() throws Exception {
        node.script.add(request -> new PublishOutcome.Overloaded("ring", 10));
        node.script.add(request -> new PublishOutcome.LaneHalted("displaced at 7"));
        node.script.add(request -> new PublishOutcome.NotSigned("key is gone"));
        node.script.add(request -> new PublishOutcome.TooLarge(70_000, 65_536));

        assertThat(failure(node.message(1)))
                .isEqualTo("overloaded: ring full; nothing was published, try again after 10 ms");
        assertThat(failure(node.message(1)))
                .startsWith("the account's lane is halted: displaced at 7; nothing was published");
        assertThat(failure(node.message(1)))
                .isEqualTo("not signed: key is gone; nothing was published");
        assertThat(failure(node.message(1)))
                .startsWith("message too big: expected at most 65536 bytes in one batch but was");
    }

    @Test
    void shouldNotSayThatNothingWasPublishedOfARequestThatIsAnsweredI4() throws Exception {
        receipt(node.push(node.message(1), GatewayFixture.spec(ID)));
        node.script.add(request -> new PublishOutcome.Overloaded("receipts", 10));
        node.script.add(request -> new PublishOutcome.Overloaded("receipts", 10));

        assertThat(node.push(node.message(1), GatewayFixture.spec(ID)).failure())
                .startsWith("outcome unknown: a message under this request id is committed")
                .doesNotContain("nothing was published");
    }

    @Test
    void shouldSpeakOfThisAttemptOnlyWhenTheClientGaveAMsgUuidI4() throws Exception {
        node.chain.silent = true;

        assertThat(node.push(node.message(1, 0), GatewayFixture.spec(ID)).failure())
                .isEqualTo(
                        "GasEstimateMessageGas error: chain is silent; this attempt published"
                                + " nothing; an earlier one under this MsgUuid may have");
    }

    @Test
    void shouldRefuseANonceThatIsNotZero() throws Exception {
        assertThat(failure(node.message(1).withNonce(3)))
                .isEqualTo("MpoolPushMessage expects message nonce to be 0, was 3");
        assertThat(node.requests).isEmpty();
    }

    @Test
    void shouldRefuseAMessageAbove64KiBAndTakeTheLargestBelow() throws Exception {
        final int overhead = withParams(new byte[60_000]).encode().length - 60_000;
        final int largest = PushChecks.MAX_UNSIGNED_BYTES - overhead;

        assertThat(failure(withParams(new byte[largest + 1]))).startsWith("message too big");
        assertThat(node.requests).isEmpty();

        final Receipt receipt = receipt(node.push(withParams(new byte[largest]), PushSpec.NONE));
        assertThat(receipt.signedBytes())
                .hasSizeBetween(64 * 1024 - 2 * Long.BYTES, SignedFilecoinMessage.MAX_BYTES);
    }

    @Test
    void shouldRefuseWhatTheWalletHasNoKeyForBeforeTheChainIsAsked() throws Exception {
        assertThat(failure(node.message(1, 0).withFrom(node.stranger)))
                .isEqualTo("wallet: key for " + node.stranger + " not found");
        assertThat(node.chain.asked).isEmpty();
        assertThat(node.log.ledger().accountCount()).isZero();
    }

    @Test
    void shouldRefuseWhatTheSenderCannotPayWithoutOpeningItsAccount() throws Exception {
        node.chain.balance = BigInteger.valueOf(20_000);

        assertThat(failure(node.message(1)))
                .isEqualTo("mpool push: not enough funds: 20000 < 20001");
        assertThat(node.log.ledger().accountCount()).isZero();
    }

    @Test
    void shouldTakeOnlyGasFromTheUpstreamAndOnlyWhatWasLeftOut() throws Exception {
        final Receipt receipt =
                receipt(
                        node.push(
                                node.message(1)
                                        .withGas(0, BigInteger.valueOf(300), BigInteger.ZERO),
                                PushSpec.NONE));

        assertThat(SignedFilecoinMessage.decode(receipt.signedBytes()).message())
                .isEqualTo(
                        node.message(1)
                                .withGas(1000, BigInteger.valueOf(300), BigInteger.valueOf(100))
                                .withNonce(5));
    }

    @Test
    void shouldKeepTheFeeWithinMaxFee() throws Exception {
        final PushSpec spec = new PushSpec(BigInteger.valueOf(5500), null, false);

        final Receipt receipt = receipt(node.push(node.message(1, 0), spec));

        final FilecoinMessage signed =
                SignedFilecoinMessage.decode(receipt.signedBytes()).message();
        assertThat(signed.gasFeeCap()).isEqualTo(BigInteger.valueOf(5));
        assertThat(signed.gasPremium()).isEqualTo(BigInteger.valueOf(5));
    }

    @Test
    void shouldKeepTheFeeWithinTheDefaultWhenTheClientNamesNoMaxFee() throws Exception {
        // 1000 units of gas at 20,000 are twenty times the default
        final FilecoinMessage dear =
                node.message(1).withGas(1000, BigInteger.valueOf(20_000), BigInteger.valueOf(5000));

        final Receipt receipt = receipt(node.push(dear, PushSpec.NONE));

        final FilecoinMessage signed =
                SignedFilecoinMessage.decode(receipt.signedBytes()).message();
        assertThat(signed.gasFeeCap()).isEqualTo(BigInteger.valueOf(1000));
        assertThat(signed.gasPremium()).isEqualTo(BigInteger.valueOf(1000));
    }

    @Test
    void shouldPayMoreThanTheDefaultWhenTheClientAllowsIt() throws Exception {
        final FilecoinMessage dear =
                node.message(1).withGas(1000, BigInteger.valueOf(20_000), BigInteger.TEN);
        final PushSpec generous = new PushSpec(BigInteger.valueOf(20_000_000), null, false);

        final Receipt receipt = receipt(node.push(dear, generous));

        assertThat(SignedFilecoinMessage.decode(receipt.signedBytes()).message().gasFeeCap())
                .isEqualTo(BigInteger.valueOf(20_000));
    }

    @Test
    void shouldRaiseTheFeeCapToTheDefaultWhenTheClientWantsTheHighest() throws Exception {
        final Receipt receipt =
                receipt(node.push(node.message(1), new PushSpec(BigInteger.ZERO, null, true)));

        assertThat(SignedFilecoinMessage.decode(receipt.signedBytes()).message().gasFeeCap())
                .isEqualTo(BigInteger.valueOf(1000));
    }

    @Test
    void shouldRefuseAMaxFeeThatPaysNothing() throws Exception {
        final PushSpec spec = new PushSpec(BigInteger.valueOf(999), null, false);

        assertThat(node.push(node.message(1), spec).failure())
                .startsWith("MaxFee of 999 pays nothing per unit of gas at a gas limit of 1000");
        assertThat(node.requests).isEmpty();
    }

    @Test
    void shouldSayThatTheChainIsSilentWhenGasIsMissing() throws Exception {
        node.chain.silent = true;

        assertThat(failure(node.message(1, 0)))
                .isEqualTo("GasEstimateMessageGas error: chain is silent; nothing was published");
    }

    @Test
    void shouldResolveAnIdAddressToItsKey() throws Exception {
        node.chain.key = node.from;

        final Receipt receipt =
                receipt(
                        node.push(
                                node.message(1).withFrom(FilecoinAddress.ofId(77)), PushSpec.NONE));

        assertThat(SignedFilecoinMessage.decode(receipt.signedBytes()).message().from())
                .isEqualTo(node.from);
    }

    @Test
    void shouldGiveTheMessagesOfABatchConsecutiveNoncesAndIdsOfTheirOwn() throws Exception {
        final List<FilecoinMessage> messages = many(600);

        final PushResult result = batch(messages, PushSpec.NONE);

        assertThat(result.failure()).isNull();
        assertThat(result.receipts()).hasSize(600);
        for (int i = 0; i < 600; i++) {
            final Receipt receipt = result.receipts().get(i);
            assertThat(receipt.nonce()).isEqualTo(5 + i);
            assertThat(SignedFilecoinMessage.decode(receipt.signedBytes()).message().value())
                    .isEqualTo(messages.get(i).value());
        }
        assertThat(node.requests.stream().map(PublishRequest::requestId).distinct()).hasSize(600);
    }

    @Test
    void shouldPublishEqualMessagesOfABatchOneByOne() throws Exception {
        final PushResult result =
                batch(
                        List.of(node.message(1), node.message(1), node.message(1)),
                        GatewayFixture.spec(ID));

        assertThat(result.receipts().stream().map(Receipt::nonce)).containsExactly(5L, 6L, 7L);
    }

    @Test
    void shouldAnswerARepeatedBatchWithItsReceiptsI4() throws Exception {
        node.script.add(node.log::publish);
        node.script.add(node.log::publish);
        node.script.add(request -> new PublishOutcome.Overloaded("ring", 10));

        final PushResult cut = batch(many(4), GatewayFixture.spec(ID));
        assertThat(cut.receipts().stream().map(Receipt::nonce)).containsExactly(5L, 6L);
        assertThat(cut.failure()).startsWith("overloaded");
        assertThat(node.log.ledger().nextNonce(0)).isEqualTo(7);

        final PushResult whole = batch(many(4), GatewayFixture.spec(ID));
        assertThat(whole.receipts().stream().map(Receipt::nonce)).containsExactly(5L, 6L, 7L, 8L);
    }

    @Test
    void shouldPublishWhatStandsBeforeABadMessageOfABatch() throws Exception {
        final PushResult malformed =
                batch(
                        List.of(node.message(1), node.message(2).withNonce(1), node.message(3)),
                        PushSpec.NONE);
        assertThat(malformed.receipts()).hasSize(1);
        assertThat(malformed.failure()).contains("nonce to be 0, was 1");

        final PushResult unknownKey =
                batch(
                        List.of(
                                node.message(1),
                                node.message(2).withFrom(node.stranger),
                                node.message(3)),
                        PushSpec.NONE);
        assertThat(unknownKey.receipts()).hasSize(1);
        assertThat(unknownKey.failure()).startsWith("wallet: key for");
        assertThat(node.log.ledger().nextNonce(0)).isEqualTo(7);
    }

    @Test
    void shouldGoOnWithABatchWhereTheOutcomeWasUnknown() throws Exception {
        node.script.add(node.log::publish);
        node.script.add(
                request -> {
                    node.log.publish(request);
                    return new PublishOutcome.OutcomeUnknown("leadership ended");
                });

        final PushResult result = batch(many(4), PushSpec.NONE);

        assertThat(result.receipts().stream().map(Receipt::nonce)).containsExactly(5L, 6L, 7L, 8L);
        assertThat(node.log.ledger().nextNonce(0)).isEqualTo(9);
    }

    @Test
    void shouldDeriveTheSameIdsForTheSameBatchOnly() {
        final RequestId batch = RequestId.of(ID);

        assertThat(DerivedRequestIds.inBatch(batch, 1))
                .isEqualTo(DerivedRequestIds.inBatch(batch, 1));
        assertThat(DerivedRequestIds.inBatch(batch, 1))
                .isNotEqualTo(DerivedRequestIds.inBatch(batch, 2));
        assertThat(DerivedRequestIds.inBatch(batch, 1)).isNotEqualTo(batch);
        assertThat(DerivedRequestIds.inBatch(batch, 0).uuid().version()).isEqualTo(8);
        assertThat(DerivedRequestIds.inBatch(batch, 0).uuid().variant()).isEqualTo(2);
    }

    private List<FilecoinMessage> many(final int count) {
        return IntStream.range(0, count).mapToObj(node::message).toList();
    }

    private PushResult batch(final List<FilecoinMessage> messages, final PushSpec spec)
            throws Exception {
        return node.gateway
                .pushBatch(messages, spec, GatewayFixture.PRINCIPAL)
                .get(20, TimeUnit.SECONDS);
    }

    private FilecoinMessage withParams(final byte[] params) {
        final FilecoinMessage plain = node.message(1);
        return new FilecoinMessage(
                plain.to(),
                plain.from(),
                plain.nonce(),
                plain.value(),
                plain.gasLimit(),
                plain.gasFeeCap(),
                plain.gasPremium(),
                plain.method(),
                params);
    }

    private String failure(final FilecoinMessage message) throws Exception {
        return node.push(message, PushSpec.NONE).failure();
    }

    private static Receipt receipt(final PushResult result) {
        assertThat(result.failure()).isNull();
        assertThat(result.receipts()).hasSize(1);
        return result.receipts().get(0);
    }
}
