package io.nelumbo.publisher.api.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.event.Event;
import io.nelumbo.journal.event.RequestId;
import io.nelumbo.publisher.chain.Signing;
import io.nelumbo.publisher.chain.filecoin.BlsKey;
import io.nelumbo.publisher.chain.filecoin.DelegatedKey;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.FilecoinDraft;
import io.nelumbo.publisher.chain.filecoin.FilecoinKey;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.Network;
import io.nelumbo.publisher.chain.filecoin.Secp256k1Key;
import io.nelumbo.publisher.chain.filecoin.Signature;
import io.nelumbo.publisher.chain.filecoin.SignedDraft;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.lotus.PushSpec;
import io.nelumbo.publisher.pipeline.PublishOutcome;
import io.nelumbo.publisher.pipeline.PublishRequest;
import io.nelumbo.publisher.pipeline.Receipt;
import java.math.BigInteger;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Messages that their senders signed, on the node that leads; accounts open at nonce 5. */
final class SignedPushTest {
    private static final long GAS = 100_000;

    private final GatewayFixture node = new GatewayFixture(GatewayFixture.patience(2000, 1));

    /** No wallet here has it. */
    private final FilecoinKey foreign = Secp256k1Key.of(GatewayFixture.filled(32, 2));

    @Test
    void shouldCommitTheBytesThatASenderSignedWhoseKeyIsNowhereHere() throws Exception {
        // when
        final SignedFilecoinMessage signed = signed(foreign, 5, 1);
        final Receipt receipt = receipt(push(signed));

        // then
        assertThat(receipt.nonce()).isEqualTo(5);
        assertThat(receipt.signedBytes()).isEqualTo(signed.encode());
        assertThat(receipt.hash()).isEqualTo(signed.cid().messageDigest());
    }

    @Test
    void shouldTakeEachKindOfAccount() throws Exception {
        for (final FilecoinKey key :
                List.of(
                        BlsKey.of(GatewayFixture.filled(32, 3)),
                        DelegatedKey.of(GatewayFixture.filled(32, 4)))) {
            final SignedFilecoinMessage signed = signed(key, 5, 1);
            assertThat(receipt(push(signed)).hash()).isEqualTo(signed.cid().messageDigest());
        }
    }

    @Test
    void shouldAnswerTheSameSignedMessageWithItsReceiptWithoutAskingAnybodyI4() throws Exception {
        // given
        final SignedFilecoinMessage signed = signed(foreign, 5, 1);
        final Receipt first = receipt(push(signed));
        node.chain.silent = true;

        // when
        final Receipt again = receipt(push(signed));

        // then
        assertThat(again.sequence()).isEqualTo(first.sequence());
        assertThat(node.log.ledger().nextNonce(0)).isEqualTo(6);
        assertThat(node.requests.stream().map(PublishRequest::requestId).distinct()).hasSize(1);
    }

    @Test
    void shouldAnswerWhatOurOwnWalletSignedUnderAnotherRequestIdI4() throws Exception {
        // given
        final Receipt own = receipt(node.push(node.message(1), PushSpec.NONE));
        node.chain.silent = true;

        // when
        final Receipt pushed = receipt(push(SignedFilecoinMessage.decode(own.signedBytes())));

        // then: nothing new
        assertThat(pushed).usingRecursiveComparison().ignoringFields("epoch").isEqualTo(own);
        assertThat(node.log.ledger().nextNonce(0)).isEqualTo(6);
        assertThat(node.requests).hasSize(1);
    }

    @Test
    void shouldAnswerWithTheFormerBytesOfANonceThatWeReplaced() throws Exception {
        // given
        final Receipt own = receipt(node.push(node.message(1), PushSpec.NONE));
        final SignedFilecoinMessage dearer = signed(node.key, 5, 9);
        node.log.append(
                new Event.MessageReplaced(
                        0, 5, dearer.encode(), dearer.cid().messageDigest(), "fee"));

        // when
        final Receipt former = receipt(push(SignedFilecoinMessage.decode(own.signedBytes())));
        final Receipt current = receipt(push(dearer));

        // then
        assertThat(former.signedBytes()).isEqualTo(own.signedBytes());
        assertThat(current.signedBytes()).isEqualTo(dearer.encode());
        assertThat(node.log.ledger().nextNonce(0)).isEqualTo(6);
    }

    /** Who signs with a random number signs another way when he tries again: I4 all the same. */
    @Test
    void shouldAnswerWithTheCommittedOneWhenTheSameMessageIsSignedAnotherWay() throws Exception {
        // given
        node.log.open(foreign.address().account(), 5);
        final SignedFilecoinMessage signed = signed(foreign, 5, 1);
        final byte[] otherSignature = signed(foreign, 5, 2).signature().data();
        final SignedFilecoinMessage committed =
                new SignedFilecoinMessage(
                        signed.message(), new Signature(signed.signature().type(), otherSignature));
        node.log.append(sequenced(committed));

        // when
        final Receipt receipt = receipt(push(signed));

        // then
        assertThat(receipt.signedBytes()).isEqualTo(committed.encode());
        assertThat(receipt.hash()).isEqualTo(committed.cid().messageDigest());
        assertThat(node.log.ledger().nextNonce(0)).isEqualTo(6);
    }

    @Test
    void shouldTakeNoMoreThanTheChainMayBeBehindI10() throws Exception {
        // given
        node.log.open(foreign.address().account(), 5);
        for (int n = 0; n < 1000; n++) {
            node.log.publish(request(signed(foreign, 5 + n, 1)));
        }

        // then
        assertThat(push(signed(foreign, 1005, 1)).failure())
                .startsWith("too many pending messages for actor " + foreign.address())
                .contains("expected fewer than 1000 but was 1000");
        assertThat(receipt(push(signed(foreign, 1004, 1))).nonce()).isEqualTo(1004);
    }

    @Test
    void shouldSayWhoseANonceIsWhenItIsOursWithOtherBytesI2() throws Exception {
        // given
        final Receipt own = receipt(node.push(node.message(1), PushSpec.NONE));

        // when
        final PushResult result = push(signed(node.key, 5, 2));

        // then
        final String cid = SignedFilecoinMessage.decode(own.signedBytes()).cid().text();
        assertThat(result.failure())
                .isEqualTo(
                        "nonce 5 of "
                                + node.from
                                + " belongs to another message of this cluster, "
                                + cid
                                + ", which is committed and stands; nothing was published: sign"
                                + " this one anew, at nonce 6");
    }

    @Test
    void shouldSayInLotussWordsWhenTheNonceIsTooLowOrTooHigh() throws Exception {
        assertThat(push(signed(foreign, 4, 1)).failure())
                .isEqualTo(
                        "minimum expected nonce is 5: message nonce too low; nothing was"
                                + " published");
        assertThat(push(signed(foreign, 7, 1)).failure())
                .isEqualTo(
                        "message nonce has too big a gap from expected nonce (Nonce: 7, nextNonce:"
                                + " 5): unfulfilled nonce gap; nothing was published, push the"
                                + " messages before it first");
    }

    @Test
    void shouldAskAgainWhileAnotherMessageAtTheNonceIsInFlight() throws Exception {
        // given: somebody else's message at nonce 5 is speculated on, and commits a moment later
        node.log.open(foreign.address().account(), 5);
        final SignedFilecoinMessage first = signed(foreign, 5, 1);
        node.script.add(request -> new PublishOutcome.WrongNonce(6));
        node.script.add(
                request -> {
                    node.log.publish(request(signed(foreign, 5, 2)));
                    return new PublishOutcome.WrongNonce(6);
                });

        // when
        final PushResult result = push(first);

        // then
        assertThat(result.failure()).contains("belongs to another message of this cluster");
        assertThat(node.requests).hasSize(2);
    }

    @Test
    void shouldRefuseWhatTheSendersKeyDidNotSign() throws Exception {
        // given
        final SignedFilecoinMessage signed = signed(foreign, 5, 1);
        final SignedFilecoinMessage forged =
                new SignedFilecoinMessage(signed(foreign, 5, 2).message(), signed.signature());

        // then
        assertThat(push(forged).failure())
                .startsWith("signature verification failed: ")
                .endsWith("; nothing was published");
        assertThat(node.log.ledger().accountCount()).isZero();
        assertThat(node.chain.asked).isEmpty();
    }

    @Test
    void shouldRefuseASenderThatTheSignatureCannotProve() throws Exception {
        // given
        final SignedFilecoinMessage signed = signed(foreign, 5, 1);
        final SignedFilecoinMessage ofAnId =
                new SignedFilecoinMessage(
                        signed.message().withFrom(FilecoinAddress.ofId(1000)), signed.signature());

        // then
        assertThat(push(ofAnId).failure())
                .startsWith("expected a From address that the signature's key proves")
                .contains("f01000")
                .contains("nothing was published");
    }

    @Test
    void shouldRefuseWhatNoChainNodeWouldTakeSinceNobodyHereCouldCloseItsNonce() throws Exception {
        assertThat(push(signed(foreign, message(foreign, 5, 1).withGas(0, big(200), big(1)))))
                .extracting(PushResult::failure)
                .asString()
                .startsWith("'GasLimit' field cannot be less than the cost of storing");
        assertThat(push(signed(foreign, message(foreign, 5, 1).withGas(GAS, big(99), big(1)))))
                .extracting(PushResult::failure)
                .asString()
                .startsWith("gas fee cap too low: 99 < 100");
        assertThat(push(signed(foreign, message(foreign, 5, 1).withGas(GAS, big(200), big(201)))))
                .extracting(PushResult::failure)
                .asString()
                .startsWith("'GasFeeCap' less than 'GasPremium'");
        assertThat(node.requests).isEmpty();
    }

    @Test
    void shouldRefuseWhatItsSenderCannotPayFor() throws Exception {
        node.chain.balance = BigInteger.ONE;

        assertThat(push(signed(foreign, 5, 1)).failure())
                .startsWith("mpool push: not enough funds: 1 < ");
    }

    @Test
    void shouldNotVerifyADelegatedSignatureBeforeTheNetworkIsKnown() throws Exception {
        node.network = null;

        assertThat(push(signed(DelegatedKey.of(GatewayFixture.filled(32, 4)), 5, 1)).failure())
                .contains("cannot be verified yet");
        assertThat(receipt(push(signed(foreign, 5, 1))).nonce()).isEqualTo(5);
    }

    @Test
    void shouldPushABatchInOrderAndKeepWhatStoodBeforeAFailedOne() throws Exception {
        // given
        final List<SignedFilecoinMessage> batch =
                List.of(
                        signed(foreign, 5, 1),
                        signed(foreign, 6, 2),
                        signed(foreign, 8, 3),
                        signed(foreign, 9, 4));

        // when
        final PushResult first = pushAll(batch);
        final PushResult again = pushAll(batch);

        // then
        assertThat(first.receipts()).extracting(Receipt::nonce).containsExactly(5L, 6L);
        assertThat(first.failure()).startsWith("message nonce has too big a gap");
        assertThat(again.receipts()).extracting(Receipt::nonce).containsExactly(5L, 6L);
        assertThat(node.log.ledger().nextNonce(0)).isEqualTo(7);
    }

    @Test
    void shouldMakeRequestIdsThatNoOtherKindOfPushHas() {
        // given
        final SignedPush push = SignedPush.of(signed(foreign, 5, 1));
        final UUID uuid = push.requestId().uuid();

        // then
        assertThat(push.requestId()).isEqualTo(SignedPush.of(signed(foreign, 5, 1)).requestId());
        assertThat(push.requestId()).isNotEqualTo(SignedPush.of(signed(foreign, 6, 1)).requestId());
        assertThat(uuid.version()).isEqualTo(8);
        assertThat(uuid.variant()).isEqualTo(2);
    }

    private PushResult push(final SignedFilecoinMessage signed) throws Exception {
        return pushAll(List.of(signed));
    }

    private PushResult pushAll(final List<SignedFilecoinMessage> batch) throws Exception {
        return node.gateway.pushSigned(batch, GatewayFixture.PRINCIPAL).get(20, TimeUnit.SECONDS);
    }

    private static Receipt receipt(final PushResult result) {
        assertThat(result.failure()).isNull();
        return result.receipts().get(0);
    }

    private static Event sequenced(final SignedFilecoinMessage signed) {
        return new Event.MessageSequenced(
                0,
                signed.message().nonce(),
                RequestId.of(UUID.randomUUID()),
                new byte[32],
                new byte[8],
                new byte[8],
                signed.encode(),
                signed.cid().messageDigest());
    }

    /** The same under a request id of the sender's own. */
    private PublishRequest request(final SignedFilecoinMessage signed) {
        final SignedPush push = SignedPush.of(signed);
        return new PublishRequest(
                push.requestId(),
                push.requestHash(),
                GatewayFixture.PRINCIPAL,
                0,
                SignedDraft.of(signed, Network.TESTNET));
    }

    private SignedFilecoinMessage signed(final FilecoinKey key, final long nonce, final int value) {
        return signed(key, message(key, nonce, value));
    }

    private static SignedFilecoinMessage signed(
            final FilecoinKey key, final FilecoinMessage message) {
        final Signing signing =
                FilecoinDraft.of(message, key, Network.TESTNET).sign(message.nonce());
        return SignedFilecoinMessage.decode(((Signing.Signed) signing).bytes());
    }

    private FilecoinMessage message(final FilecoinKey key, final long nonce, final int value) {
        return new FilecoinMessage(
                node.to,
                key.address(),
                nonce,
                big(value),
                GAS,
                big(200),
                BigInteger.TEN,
                FilecoinMessage.transferMethod(key.address()),
                new byte[0]);
    }

    private static BigInteger big(final long value) {
        return BigInteger.valueOf(value);
    }
}
