package io.nelumbo.publisher.chain.filecoin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelumbo.publisher.chain.Signing.Signed;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an f410 account signs. The known transactions, and the signature over one of them, are from
 * Lotus's tests of {@code ethtypes} (Apache-2.0 and MIT).
 */
final class EthereumTransactionTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final DelegatedKey KEY = DelegatedKey.of(KnownAccounts.PRIVATE_KEY);
    private static final FilecoinAddress CONTRACT = FilecoinAddress.ofId(1004);
    private static final String INPUT =
            "f8b2cb4f000000000000000000000000ff00000000000000000000000000000000000064";

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, '', 02df82013a8080808094ff000000000000000000000000000000000003ec8080c0",
        "200, 0, 0, '', 02e082013a81c880808094ff000000000000000000000000000000000003ec8080c0",
        "0, 60000, 0, '', 02e182013a808082ea608094ff000000000000000000000000000000000003ec8080c0",
        "200, 0, 60000, '',"
                + " 02e282013a81c882ea60808094ff000000000000000000000000000000000003ec8080c0",
        "0, 0, 0, 5824"
                + INPUT
                + ", 02f84382013a8080808094ff000000000000000000000000000000000003"
                + "ec80a4"
                + INPUT
                + "c0",
        "200, 60000, 0, 5824"
                + INPUT
                + ", 02f84682013a81c88082ea608094ff0000000000000000000000000"
                + "00000000003ec80a4"
                + INPUT
                + "c0",
    })
    void shouldEncodeAsOthersDo(
            final long nonce,
            final long feeCap,
            final long premium,
            final String params,
            final String expected) {
        final FilecoinMessage message =
                new FilecoinMessage(
                        CONTRACT,
                        KEY.address(),
                        7,
                        BigInteger.ZERO,
                        0,
                        BigInteger.valueOf(feeCap),
                        BigInteger.valueOf(premium),
                        EthereumTransaction.INVOKE_EVM,
                        HEX.parseHex(params));

        assertThat(
                        HEX.formatHex(
                                EthereumTransaction.of(message, Network.MAINNET.ethereumChainId())
                                        .signingBytes(nonce)))
                .isEqualTo(expected);
    }

    @Test
    void shouldVerifyWhatOthersSigned() {
        final byte[] signature =
                HEX.parseHex(
                        "cf1fa52fae9154ba21d67aeca9b42adfe186eb9e426c441051a8473efd1908480e6c8c79ffaf"
                                + "35fb8f136c8cf6c5656f1f3befad21f2644321aa6dba58d6873700");
        final FilecoinAddress sender =
                ethereumAddressOf(
                        "cfecc0520d906cbfea387759246e89d85e2998843e56ad1c41de247ce10b3e4c453aa73c8de1"
                                + "3c178d94461b6fa3f8b6f74406ce43d2fbab6992d0b283394242");
        final SignedFilecoinMessage signed =
                new SignedFilecoinMessage(
                        new FilecoinMessage(
                                FilecoinAddress.ofId(1010),
                                sender,
                                3,
                                BigInteger.valueOf(3_000_000),
                                10_000_000,
                                BigInteger.valueOf(1_000_000_000),
                                BigInteger.valueOf(10_000_000_000L),
                                EthereumTransaction.INVOKE_EVM,
                                new byte[0]),
                        new Signature(SignatureType.DELEGATED, signature));

        assertThat(signed.verification(Network.TESTNET)).isInstanceOf(Verification.Valid.class);
        assertThat(signed.verification(Network.MAINNET)).isInstanceOf(Verification.Invalid.class);
        assertThat(signed.cid()).isEqualTo(Cid.ofBlock(signed.encode()));
    }

    @Property(tries = 200)
    void shouldSignForOneNetworkAtAnyNonce(@ForAll final long nonce) {
        final FilecoinDraft draft = FilecoinDraft.of(call(CONTRACT), KEY, Network.CALIBRATION);

        final Signed first = (Signed) draft.sign(nonce);

        final SignedFilecoinMessage decoded = SignedFilecoinMessage.decode(first.bytes());
        assertThat(decoded.message()).isEqualTo(call(CONTRACT).withNonce(nonce));
        assertThat(decoded.signature().type()).isEqualTo(SignatureType.DELEGATED);
        assertThat(decoded.verification(Network.CALIBRATION))
                .isInstanceOf(Verification.Valid.class);
        assertThat(decoded.verification(Network.MAINNET)).isNotInstanceOf(Verification.Valid.class);
        assertThat(decoded.cid()).isEqualTo(Cid.ofDigest(first.hash()));
        assertThat(((Signed) draft.sign(nonce)).bytes()).isEqualTo(first.bytes());
    }

    @Test
    void shouldDeriveEthereumAddress() {
        // The address of the private key 1, known to everybody.
        final byte[] one = new byte[32];
        one[31] = 1;

        assertThat(DelegatedKey.of(one).address())
                .isEqualTo(
                        FilecoinAddress.ofDelegated(
                                10, HEX.parseHex("7e5f4552091a69125d5dfcb7b8c2659029395bdf")));
    }

    @Test
    void shouldCreateContractThroughTheAddressManager() {
        final FilecoinMessage create =
                with(call(FilecoinAddress.ofId(10)), 4, HEX.parseHex("43aabbcc"));

        final byte[] bytes = EthereumTransaction.of(create, 314).signingBytes(0);

        // No recipient, a value of 10, and the contract's code as the input.
        assertThat(HEX.formatHex(bytes)).endsWith("80" + "0a" + "83aabbcc" + "c0");
    }

    @Test
    void shouldTakeOtherEthereumAccountsAsRecipients() {
        assertThat(HEX.formatHex(EthereumTransaction.of(call(KEY.address()), 314).signingBytes(0)))
                .contains("94" + HEX.formatHex(KEY.address().payload()).substring(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "f1d2xrzcslx7xlbbylc5c3d5lvandqw4iwl6epxba",
                "f3vxrizeiel2e2bxg3jhk62dlcutyc26fjnw6ua2sptu32dtjpwxbjawg666nqdngrkvvn45h7yb4qiya6ls7q",
            })
    void shouldRefuseRecipientsThatEthereumCannotName(final String recipient) {
        shouldRefuse(call(FilecoinAddress.parse(recipient)), "To as an f410 or id address");
    }

    @Test
    void shouldRefuseWhatNoTransactionStandsFor() {
        final FilecoinMessage call = call(CONTRACT);

        shouldRefuse(with(call, 0, new byte[0]), "method 3844450837 (InvokeEVM)");
        shouldRefuse(with(call(FilecoinAddress.ofId(10)), 2, new byte[0]), "CreateExternal");
        shouldRefuse(with(call, call.method(), HEX.parseHex("40")), "no Params");
        shouldRefuse(with(call, call.method(), HEX.parseHex("4100ff")), "the end");
        shouldRefuse(with(call, call.method(), HEX.parseHex("580100")), "shortest form");
        shouldRefuse(with(call, call.method(), HEX.parseHex("42ff")), "Params");
        shouldRefuse(with(call, call.method(), HEX.parseHex("8100")), "major type");
        shouldRefuse(with(call, call.method(), HEX.parseHex("5bffffffffffffffff")), "Params");
        shouldRefuse(call(FilecoinAddress.ofDelegated(11, new byte[20])), "f410");
        shouldRefuse(call(FilecoinAddress.ofDelegated(10, new byte[19])), "f410");
        shouldRefuse(
                call(
                        FilecoinAddress.ofDelegated(
                                10, HEX.parseHex("ff000000000000000000000000000000000003ec"))),
                "masks no id");
        shouldRefuse(call.withGas(-1, BigInteger.ONE, BigInteger.ONE), "GasLimit");
        shouldRefuse(call.withGas(1, BigInteger.ONE.negate(), BigInteger.ONE), "GasFeeCap");
        shouldRefuse(call.withGas(1, BigInteger.ONE, BigInteger.ONE.negate()), "GasPremium");
    }

    @Test
    void shouldFindInvalidWhatHasNoTranslation() {
        final SignedFilecoinMessage signed =
                new SignedFilecoinMessage(
                        with(call(CONTRACT), 0, new byte[0]),
                        new Signature(SignatureType.DELEGATED, new byte[65]));

        assertThat(signed.verification(Network.MAINNET))
                .isInstanceOfSatisfying(
                        Verification.Invalid.class,
                        invalid -> assertThat(invalid.reason()).contains("InvokeEVM"));
    }

    @ParameterizedTest
    @ValueSource(bytes = {2, 3, 4, 27, 28, -1})
    void shouldTakeTwoRecoveryIdsOnly(final byte recoveryId) {
        final byte[] data = KEY.sign(new byte[1]).data();
        data[64] = recoveryId;

        assertThat(
                        Verification.of(
                                new Signature(SignatureType.DELEGATED, data),
                                KEY.address(),
                                new byte[1]))
                .isInstanceOf(Verification.Invalid.class);
    }

    @Test
    void shouldRefuseARecipientThatMasksNoIdThereCanBe() {
        final byte[] masked = new byte[20];
        masked[0] = (byte) 0xff;
        masked[12] = (byte) 0x80;

        assertThatThrownBy(() -> EthereumTransaction.filecoinRecipient(masked))
                .isInstanceOf(MalformedValue.class)
                .hasMessageContaining("below 2^63 but was 9223372036854775808");
    }

    private static void shouldRefuse(final FilecoinMessage message, final String why) {
        assertThatThrownBy(() -> FilecoinDraft.of(message, KEY, Network.MAINNET))
                .isInstanceOf(MalformedValue.class)
                .hasMessageContaining(why);
    }

    private static FilecoinMessage call(final FilecoinAddress to) {
        return new FilecoinMessage(
                to,
                KEY.address(),
                0,
                BigInteger.TEN,
                1_000_000,
                BigInteger.valueOf(200),
                BigInteger.valueOf(100),
                EthereumTransaction.INVOKE_EVM,
                new byte[0]);
    }

    private static FilecoinMessage with(
            final FilecoinMessage m, final long method, final byte[] params) {
        return new FilecoinMessage(
                m.to(),
                m.from(),
                m.nonce(),
                m.value(),
                m.gasLimit(),
                m.gasFeeCap(),
                m.gasPremium(),
                method,
                params);
    }

    private static FilecoinAddress ethereumAddressOf(final String publicKeyHex) {
        final byte[] hash = Keccak.hash256(HEX.parseHex(publicKeyHex));
        return FilecoinAddress.ofDelegated(10, Arrays.copyOfRange(hash, 12, 32));
    }
}
