package io.nelumbo.publisher.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.nelumbo.publisher.api.push.GatewayFixture;
import io.nelumbo.publisher.chain.filecoin.ExportedKey;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.Network;
import io.nelumbo.publisher.chain.filecoin.SignatureType;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.Verification;
import io.nelumbo.publisher.chain.filecoin.lotus.LotusJson;
import io.nelumbo.publisher.chain.filecoin.lotus.PushSpec;
import io.nelumbo.publisher.wallet.Wallet;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Signing for somebody else, without giving a used nonce a second message. */
final class SigningMethodsTest {
    private final GatewayFixture node = new GatewayFixture(GatewayFixture.patience(300, 1));
    private final LotusJson json = new LotusJson(Network.MAINNET);
    private Wallet wallet;
    private ApiTable api;

    @TempDir Path folder;

    @BeforeEach
    void open() {
        wallet = Wallet.open(folder);
        wallet.importKey(new ExportedKey(SignatureType.SECP256K1, GatewayFixture.filled(32, 1)));
        api = new ApiTable(node, wallet);
    }

    @ParameterizedTest
    @EnumSource(SignatureType.class)
    void shouldSignBytesSoThatTheyVerify(final SignatureType type) throws Exception {
        // given
        final String address = quoted(wallet.create(type));

        // when
        final JsonNode signature = api.answer("v1", "WalletSign", address, bytes("a deal"));

        // then
        assertThat(signature.path("Type").asInt()).isEqualTo(type.number());
        assertThat(verify(address, "a deal", signature)).isTrue();
        assertThat(verify(address, "another deal", signature)).isFalse();
        assertThat(verify(quoted(FilecoinAddress.ofId(7)), "a deal", signature)).isFalse();
    }

    @Test
    void shouldSignForTheKeyBehindAnId() throws Exception {
        node.chain.key = node.from;

        final JsonNode signature =
                api.answer("v1", "WalletSign", quoted("f01000"), bytes("a deal"));

        assertThat(verify(quoted(node.from), "a deal", signature)).isTrue();
        node.chain.silent = true;
        assertThat(api.refusal("WalletSign", quoted("f01000"), bytes("a deal")))
                .isEqualTo("failed to resolve ID address: chain is silent; nothing was signed");
    }

    @Test
    void shouldSayThatItHasNoSuchKey() throws Exception {
        assertThat(api.refusal("WalletSign", quoted(node.stranger), bytes("a deal")))
                .isEqualTo(
                        "signing using key '"
                                + node.stranger
                                + "': key info not found: it is not on this node");
        assertThat(api.refusal("WalletSignMessage", quoted(node.stranger), message(5, 1)))
                .startsWith("failed to sign message: expected From to be " + node.stranger);
    }

    @Test
    void shouldNotSignAMessageThatComesAsBytesI2() throws Exception {
        final byte[] cid = node.message(1).withNonce(5).cid().bytes();

        assertThat(api.refusal("WalletSign", quoted(node.from), bytes(cid)))
                .startsWith("WalletSign: these bytes stand for a chain message");
        final String ethereum = quoted(wallet.create(SignatureType.DELEGATED));
        assertThat(api.refusal("WalletSign", ethereum, bytes(new byte[] {2, (byte) 0xc0})))
                .startsWith("WalletSign: these bytes stand for a chain message");
        assertThat(api.refusal("WalletSign", ethereum, bytes(new byte[] {(byte) 0xc9})))
                .startsWith("WalletSign: these bytes stand for a chain message");
    }

    @Test
    void shouldSignAMessageAtAFreeNonceWhichTheClusterThenTakes() throws Exception {
        // when
        final JsonNode signed =
                api.answer("v0", "WalletSignMessage", quoted(node.from), message(5, 1));

        // then: nothing is published by it
        final SignedFilecoinMessage read = json.readSigned("answer", signed);
        assertThat(read.message().nonce()).isEqualTo(5);
        assertThat(read.verification(Network.MAINNET)).isInstanceOf(Verification.Valid.class);
        assertThat(node.requests).isEmpty();
        assertThat(api.answer("v0", "MpoolPush", signed.toString())).isEqualTo(signed.path("CID"));
    }

    @Test
    void shouldNotSignASecondMessageAtANonceThatIsUsedI2() throws Exception {
        // given
        node.gateway.push(node.message(1), PushSpec.NONE, GatewayFixture.PRINCIPAL).join();
        final FilecoinMessage ours = node.message(1).withNonce(5);

        // then
        assertThat(api.refusal("WalletSignMessage", quoted(node.from), message(5, 2)))
                .startsWith("failed to sign message: nonce 5 of " + node.from + " is used by bafy")
                .endsWith("nothing was signed, the next nonce is 6");
        assertThat(api.refusal("WalletSignMessage", quoted(node.from), message(4, 2)))
                .contains("nonce 4 of " + node.from + " is used, and");

        // and: the same message again is no second one
        assertThat(
                        api.answer(
                                        "v1",
                                        "WalletSignMessage",
                                        quoted(node.from),
                                        json.writeMessage(ours).toString())
                                .path("CID"))
                .isEqualTo(
                        json.writeCid(
                                new SignedFilecoinMessage(ours, node.key.sign(ours.cid().bytes()))
                                        .cid()));
    }

    private boolean verify(final String address, final String data, final JsonNode signature)
            throws Exception {
        return api.answer("v1", "WalletVerify", address, bytes(data), signature.toString())
                .booleanValue();
    }

    private String message(final long nonce, final int value) {
        final FilecoinMessage message = node.message(value, 100_000);
        return json.writeMessage(
                        message.withNonce(nonce)
                                .withGas(100_000, BigInteger.valueOf(200), BigInteger.TEN))
                .toString();
    }

    private static String bytes(final String text) {
        return bytes(text.getBytes(UTF_8));
    }

    private static String bytes(final byte[] data) {
        return quoted(Base64.getEncoder().encodeToString(data));
    }

    private static String quoted(final Object text) {
        return "\"" + text + "\"";
    }
}
