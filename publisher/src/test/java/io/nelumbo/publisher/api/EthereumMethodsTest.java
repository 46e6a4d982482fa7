package io.nelumbo.publisher.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.publisher.api.push.GatewayFixture;
import io.nelumbo.publisher.chain.filecoin.DelegatedKey;
import io.nelumbo.publisher.chain.filecoin.EthereumWallet;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.Network;
import io.nelumbo.publisher.chain.filecoin.RawTransaction;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;
import io.nelumbo.publisher.wallet.Wallet;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A transaction that an Ethereum wallet signed: nonce 3 of an account that opens at nonce 5. */
final class EthereumMethodsTest {
    /** From Lotus's tests of {@code ethtypes} (Apache-2.0 and MIT), as a wallet sends it. */
    private static final String RAW =
            "0x02f8738401df5e76038502540be400843b9aca008398968094ff000000000000000000000000000000"
                    + "000003f2832dc6c080c080a0"
                    + "cf1fa52fae9154ba21d67aeca9b42adfe186eb9e426c441051a8473efd190848a0"
                    + "0e6c8c79ffaf35fb8f136c8cf6c5656f1f3befad21f2644321aa6dba58d68737";

    private final GatewayFixture node = new GatewayFixture(GatewayFixture.patience(300, 1));
    private ApiTable api;

    @TempDir Path folder;

    @BeforeEach
    void open() {
        api = new ApiTable(node, Wallet.open(folder));
    }

    @Test
    void shouldPushTheMessageThatATransactionStandsForOnce() throws Exception {
        // given
        final DelegatedKey key = DelegatedKey.of(GatewayFixture.filled(32, 4));
        final SignedFilecoinMessage signed =
                EthereumWallet.signed(
                        new FilecoinMessage(
                                node.to,
                                key.address(),
                                5,
                                BigInteger.ONE,
                                1_000_000,
                                BigInteger.valueOf(200),
                                BigInteger.TEN,
                                FilecoinMessage.transferMethod(key.address()),
                                new byte[0]),
                        key,
                        Network.TESTNET);
        final byte[] raw = EthereumWallet.raw(signed, Network.TESTNET);
        final String hex = quoted("0x" + HexFormat.of().formatHex(raw));

        // when
        final String hash = api.answer("v1", "EthSendRawTransaction", hex).textValue();
        final String again = api.answer("v1", "EthSendRawTransactionUntrusted", hex).textValue();

        // then
        assertThat(hash)
                .isEqualTo(again)
                .isEqualTo(
                        "0x"
                                + HexFormat.of()
                                        .formatHex(
                                                RawTransaction.decode(raw, Network.TESTNET)
                                                        .hash()));
        assertThat(node.log.ledger().message(0, 5).signedBytes()).isEqualTo(signed.encode());
        assertThat(node.log.ledger().nextNonce(0)).isEqualTo(6);
    }

    @Test
    void shouldHoldATransactionToTheRulesOfSignedMessages() throws Exception {
        // given: its fees are the wrong way round for the chain
        assertThat(api.refusal("EthSendRawTransaction", quoted(RAW)))
                .startsWith("'GasFeeCap' less than 'GasPremium'");
    }

    @Test
    void shouldRefuseWhatIsNoTransaction() throws Exception {
        for (final String broken : List.of("", "02", "0x0", "0xzz", "0x" + "00".repeat(70_000))) {
            assertThat(api.refusal("EthSendRawTransaction", quoted(broken)))
                    .startsWith("expected params[0] to be 0x and");
        }
        assertThat(api.refusal("EthSendRawTransaction", quoted("0x01")))
                .contains("expected type 2 (EIP-1559)");
    }

    @Test
    void shouldWaitForTheNetwork() throws Exception {
        node.network = null;

        assertThat(api.refusal("EthSendRawTransaction", quoted(RAW)))
                .contains("no upstream has said which network this is")
                .contains("nothing was published");
    }

    @Test
    void shouldNotLetAReaderFillTheOutboxI12() throws Exception {
        assertThat(api.missing("EthSendRawTransaction", Permission.READ))
                .isEqualTo("missing permission to invoke 'EthSendRawTransaction' (need 'write')");
        assertThat(api.missing("EthSendRawTransaction", Permission.WRITE)).isEmpty();
    }

    @Test
    void shouldReadTheKnownTransaction() {
        assertThat(
                        RawTransaction.decode(
                                        HexFormat.of().parseHex(RAW.substring(2)), Network.TESTNET)
                                .message()
                                .message()
                                .nonce())
                .isEqualTo(3);
    }

    private static String quoted(final String text) {
        return "\"" + text + "\"";
    }
}
