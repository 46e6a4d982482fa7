package io.nelumbo.publisher.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.nelumbo.publisher.api.push.GatewayFixture;
import io.nelumbo.publisher.chain.Signing;
import io.nelumbo.publisher.chain.filecoin.FilecoinDraft;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.Network;
import io.nelumbo.publisher.chain.filecoin.Secp256k1Key;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.lotus.LotusJson;
import io.nelumbo.publisher.wallet.Wallet;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code MpoolPush} and its like, as JSON. */
final class SignedPushMethodsTest {
    private final GatewayFixture node = new GatewayFixture(GatewayFixture.patience(300, 1));
    private final Secp256k1Key foreign = Secp256k1Key.of(GatewayFixture.filled(32, 2));
    private final LotusJson json = new LotusJson(Network.MAINNET);
    private ApiTable api;

    @TempDir Path folder;

    @BeforeEach
    void open() {
        api = new ApiTable(node, Wallet.open(folder));
    }

    @Test
    void shouldAnswerWithTheCidOfWhatWasPushed() throws Exception {
        for (final String version : List.of("v0", "v1")) {
            for (final String method : List.of("MpoolPush", "MpoolPushUntrusted")) {
                // when: the same message again and again
                final JsonNode cid = api.answer(version, method, signed(5));

                // then
                assertThat(cid).isEqualTo(ApiTable.json(signed(5)).path("CID"));
            }
        }
        assertThat(node.log.ledger().nextNonce(0)).isEqualTo(6);
    }

    @Test
    void shouldAnswerABatchWithTheCids() throws Exception {
        for (final String method : List.of("MpoolBatchPush", "MpoolBatchPushUntrusted")) {
            final JsonNode cids = api.answer("v0", method, "[" + signed(5) + "," + signed(6) + "]");

            assertThat(cids)
                    .containsExactly(
                            ApiTable.json(signed(5)).path("CID"),
                            ApiTable.json(signed(6)).path("CID"));
        }
    }

    @Test
    void shouldSayWhichMessageEndedABatchAndWhatStands() throws Exception {
        assertThat(api.refusal("MpoolBatchPush", "[" + signed(5) + "," + signed(8) + "]"))
                .startsWith("message 1 of 2: message nonce has too big a gap")
                .endsWith(
                        "; the 1 before it are committed and stand: pushed again, they are answered"
                                + " with their CIDs and not published twice");
    }

    @Test
    void shouldRefuseWhatIsNoSignedMessage() throws Exception {
        assertThat(api.refusal("MpoolPush", "{\"Message\":{}}")).contains("params[0].Message");
        assertThat(api.refusal("MpoolPush", "7")).contains("expected params[0] to be an object");
        assertThat(api.refusal("MpoolPush")).contains("expected 1 params but was 0");
    }

    @Test
    void shouldAskForThePermissionToWrite() throws Exception {
        for (final String method :
                List.of(
                        "MpoolPush",
                        "MpoolPushUntrusted",
                        "MpoolBatchPush",
                        "MpoolBatchPushUntrusted")) {
            assertThat(api.missing(method, Permission.SIGN))
                    .isEqualTo("missing permission to invoke '" + method + "' (need 'write')");
            assertThat(api.missing(method, Permission.WRITE)).isEmpty();
        }
    }

    private String signed(final long nonce) {
        final FilecoinMessage message =
                new FilecoinMessage(
                        node.to,
                        foreign.address(),
                        nonce,
                        BigInteger.ONE,
                        100_000,
                        BigInteger.valueOf(200),
                        BigInteger.TEN,
                        0,
                        new byte[0]);
        final Signing.Signed signed =
                (Signing.Signed) FilecoinDraft.of(message, foreign).sign(nonce);
        return json.writeSigned(SignedFilecoinMessage.decode(signed.bytes())).toString();
    }
}
