package io.nelumbo.publisher.chain.filecoin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Transactions as Ethereum wallets send them, and what they stand for on Filecoin. */
final class RawTransactionTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final DelegatedKey KEY = DelegatedKey.of(KnownAccounts.PRIVATE_KEY);
    private static final Network NETWORK = Network.CALIBRATION;

    @Property(tries = 200)
    void shouldReadBackWhatAMessageStandsFor(
            @ForAll final long nonce,
            @ForAll final byte @Size(max = 300) [] input,
            @ForAll final boolean creates) {
        // given
        final FilecoinMessage message = message(nonce, input, creates);
        final SignedFilecoinMessage signed = signed(message);

        // when
        final RawTransaction read = RawTransaction.decode(raw(signed), NETWORK);

        // then: the same message, whose CID the chain will know
        assertThat(read.message()).isEqualTo(signed);
        assertThat(read.message().cid()).isEqualTo(signed.cid());
        assertThat(read.hash()).isEqualTo(Keccak.hash256(raw(signed)));
    }

    /** The signature is from Lotus's tests of {@code ethtypes} (Apache-2.0 and MIT). */
    @Test
    void shouldFindOutWhoSignedWhatOthersMade() {
        // given
        final byte[] publicKey =
                HEX.parseHex(
                        "04cfecc0520d906cbfea387759246e89d85e2998843e56ad1c41de247ce10b3e4c453aa73c8d"
                                + "e13c178d94461b6fa3f8b6f74406ce43d2fbab6992d0b283394242");
        final String r = "cf1fa52fae9154ba21d67aeca9b42adfe186eb9e426c441051a8473efd190848";
        final String s = "0e6c8c79ffaf35fb8f136c8cf6c5656f1f3befad21f2644321aa6dba58d68737";
        final byte[] raw =
                HEX.parseHex(
                        "02f8738401df5e76038502540be400843b9aca008398968094ff0000000000000000000000"
                                + "00000000000003f2832dc6c080c080a0"
                                + r
                                + "a0"
                                + s);

        // when
        final RawTransaction read = RawTransaction.decode(raw, Network.TESTNET);

        // then
        assertThat(read.message().message().from()).isEqualTo(DelegatedKey.address(publicKey));
        assertThat(read.message().message().to()).isEqualTo(FilecoinAddress.ofId(1010));
        assertThat(read.message().verification(Network.TESTNET))
                .isInstanceOf(Verification.Valid.class);
    }

    @ParameterizedTest
    @CsvSource({
        "'', type 2",
        "00, type 2",
        "f86c, type 2",
        "01c0, type 2",
        "02, the list",
        "02c0, chain id",
        "02c1c0, chain id",
        "02c28100, shortest form",
        "02c3820001, zeros in front",
        "02c401010101, chain id 314",
        "02ff, the list",
        "02f8, the list",
        "02b80100, the list",
    })
    void shouldRefuseWhatIsNoTransaction(final String hex, final String complaint) {
        assertThatThrownBy(() -> RawTransaction.decode(HEX.parseHex(hex), NETWORK))
                .isInstanceOf(MalformedValue.class)
                .hasMessageContaining(complaint);
    }

    @Test
    void shouldRefuseAnotherNetworksTransaction() {
        final byte[] raw = raw(signed(message(1, new byte[0], false)));

        assertThatThrownBy(() -> RawTransaction.decode(raw, Network.MAINNET))
                .isInstanceOf(MalformedValue.class)
                .hasMessageContaining("expected chain id 314 but was");
    }

    /** Whatever one byte is changed to, it is refused, or is somebody else's transaction. */
    @Property(tries = 500)
    void shouldNeverTakeAChangedTransactionForTheSendersOwn(
            @ForAll final int position, @ForAll final byte change) {
        final byte[] raw = raw(signed(message(7, new byte[] {1, 2, 3}, false)));
        final byte[] changed = raw.clone();
        changed[Math.floorMod(position, raw.length)] ^= change == 0 ? 1 : change;
        try {
            assertThat(RawTransaction.decode(changed, NETWORK).message().message().from())
                    .isNotEqualTo(KEY.address());
        } catch (final MalformedValue refused) {
            assertThat(refused).hasMessageContaining("transaction");
        }
    }

    @Test
    void shouldRefuseTheSecondFormOfASignature() {
        // given: S replaced by the order less S, and the other parity
        final SignedFilecoinMessage signed = signed(message(7, new byte[0], false));
        final byte[] data = signed.signature().data().clone();
        final BigInteger order =
                new BigInteger(
                        "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
        final byte[] high = CborWriter.magnitude(order.subtract(new BigInteger(1, data, 32, 32)));
        Arrays.fill(data, 32, 64, (byte) 0);
        System.arraycopy(high, 0, data, 64 - high.length, high.length);
        data[64] ^= 1;

        // when
        final SignedFilecoinMessage second =
                new SignedFilecoinMessage(
                        signed.message(), new Signature(SignatureType.DELEGATED, data));

        // then: it proves the same sender, and is not taken all the same
        assertThat(second.verification(NETWORK)).isInstanceOf(Verification.Valid.class);
        assertThatThrownBy(() -> SignedDraft.of(second, NETWORK))
                .isInstanceOf(MalformedValue.class)
                .hasMessageContaining("low S");
    }

    private static FilecoinMessage message(
            final long nonce, final byte[] input, final boolean creates) {
        final CborWriter params = new CborWriter(400);
        if (input.length > 0) {
            params.bytes(input);
        }
        return new FilecoinMessage(
                creates
                        ? FilecoinAddress.ofId(10)
                        : FilecoinAddress.ofDelegated(10, HEX.parseHex("ab".repeat(20))),
                KEY.address(),
                nonce,
                BigInteger.valueOf(5),
                1_000_000,
                BigInteger.valueOf(200),
                BigInteger.valueOf(100),
                creates ? 4 : EthereumTransaction.INVOKE_EVM,
                params.written());
    }

    private static SignedFilecoinMessage signed(final FilecoinMessage message) {
        return EthereumWallet.signed(message, KEY, NETWORK);
    }

    private static byte[] raw(final SignedFilecoinMessage signed) {
        return EthereumWallet.raw(signed, NETWORK);
    }
}
