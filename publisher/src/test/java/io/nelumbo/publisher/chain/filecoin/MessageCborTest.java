package io.nelumbo.publisher.chain.filecoin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * I2 needs it: signed bytes decode to one message, and a message encodes to one byte string.
 * Whatever else comes in is refused, without trusting a length that it claims.
 */
final class MessageCborTest {
    private static final HexFormat HEX = HexFormat.of();

    // To and From are the ids 1 and 2, everything else is 0.
    private static final String SMALLEST = "8a004200014200020040004040" + "0040";

    @Test
    void shouldDecodeTheSmallestMessage() {
        final FilecoinMessage message = FilecoinMessage.decode(HEX.parseHex(SMALLEST));

        assertThat(message.to()).hasToString("f01");
        assertThat(message.from()).hasToString("f02");
        assertThat(HEX.formatHex(message.encode())).isEqualTo(SMALLEST);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    nothing                     |                                  | an array of 10
                    nine fields                 | 89004200014200020040004040 00    | an array of 10
                    endless array               | 9f004200014200020040004040 0040ff| an array of 10
                    long form of ten            | 980a004200014200020040004040 0040| shortest
                    a map                       | aa00                             | major type 5
                    version 1                   | 8a014200014200020040004040 0040  | unsupported
                    long form of 0              | 8a18004200014200020040004040 0040| shortest
                    two bytes for 255           | 8a1900ff                         | shortest
                    four bytes for 65535        | 8a1a0000ffff                     | shortest
                    eight bytes for 2^32-1      | 8a1b00000000ffffffff             | shortest
                    reserved head               | 8a1c                             | information 28
                    address as text             | 8a0062303142                     | To as at most
                    address of null             | 8a00f6                           | To as at most
                    empty address               | 8a0040                           | 2 to 64 bytes
                    address of 2^64-1 bytes     | 8a005bffffffffffffffff           | To as at most
                    address of 2 GiB            | 8a005a7fffffff00                 | To as at most
                    address cut off             | 8a00550100                       | of them
                    negative nonce              | 8a0042000142000220               | Nonce as an
                    value with sign 2           | 8a00420001420002004202 01        | sign 0 or 1
                    value that is only a sign   | 8a004200014200020041 00          | shortest
                    value with leading zero     | 8a00420001420002004300 0001      | shortest
                    value of 129 bytes          | 8a0042000142000200588100         | Value as at most
                    gas limit of 2^63           | 8a0042000142000200401b8000000000000000 | GasLimit
                    gas limit of -2^63-1        | 8a0042000142000200403b8000000000000000 | GasLimit
                    params of 64 KiB and 1      | 8a0042000142000200400040400 05a00010001 | Params as
                    cut off                     | 8a00420001420002004000404000     | the end
                    something behind            | 8a004200014200020040004040 004000| 1 more bytes
                    """)
    void shouldRefuse(final String what, final String hex, final String complaint) {
        final byte[] cbor = hex == null ? new byte[0] : HEX.parseHex(hex.replace(" ", ""));

        assertThatThrownBy(() -> FilecoinMessage.decode(cbor))
                .as(what)
                .isInstanceOf(MalformedValue.class)
                .hasMessageContaining(complaint);
    }

    @ParameterizedTest
    @CsvSource({
        "82, '', Signature",
        "83, 40, 'an array of 2'",
        "82, 40, 'type and data'",
        "82, 4100, 'type 1, 2 or 3'",
        "82, 4104, 'type 1, 2 or 3'",
        "82, 4101, '65 bytes for SECP256K1'",
        "82, 5862, 'Signature as at most 97'",
    })
    void shouldRefuseStrangeSignature(
            final String head, final String signature, final String complaint) {
        final byte[] cbor = HEX.parseHex(head + SMALLEST + signature);

        assertThatThrownBy(() -> SignedFilecoinMessage.decode(cbor))
                .isInstanceOf(MalformedValue.class)
                .hasMessageContaining(complaint);
    }

    @Test
    void shouldRefuseMoreThan64KiB() {
        assertThatThrownBy(() -> SignedFilecoinMessage.decode(new byte[65_537]))
                .isInstanceOf(MalformedValue.class)
                .hasMessageContaining("message too big");
    }

    @Test
    void shouldRefuseAmountThatHasNoEncoding() {
        final BigInteger largest = BigInteger.ONE.shiftLeft(127 * 8).subtract(BigInteger.ONE);
        final FilecoinMessage message = KnownAccounts.transfer(1);

        assertThat(
                        FilecoinMessage.decode(
                                        message.withGas(1, largest, largest.negate()).encode())
                                .gasFeeCap())
                .isEqualTo(largest);
        assertThatThrownBy(() -> message.withGas(1, largest.add(BigInteger.ONE), BigInteger.ONE))
                .isInstanceOf(MalformedValue.class)
                .hasMessageContaining("GasFeeCap");
    }

    @Property
    void shouldReadWhatItWrites(@ForAll("messages") final FilecoinMessage message) {
        assertThat(FilecoinMessage.decode(message.encode())).isEqualTo(message);
    }

    @Property(tries = 5000)
    void shouldWriteBackWhateverItReads(
            @ForAll("messages") final FilecoinMessage message,
            @ForAll @IntRange(max = 1000) final int where,
            @ForAll final byte other,
            @ForAll @IntRange(max = 3) final int cut) {
        final byte[] encoded = message.encode();
        final byte[] hostile = Arrays.copyOf(encoded, encoded.length - cut + 1);
        hostile[where % hostile.length] = other;

        assertReadBackOrRefused(hostile);
    }

    @Property(tries = 5000)
    void shouldWriteBackWhateverNoiseItReads(@ForAll @Size(max = 200) final byte[] noise) {
        if (noise.length > 0) {
            noise[0] = (byte) 0x8a;
        }

        assertReadBackOrRefused(noise);
    }

    private static void assertReadBackOrRefused(final byte[] cbor) {
        try {
            assertThat(FilecoinMessage.decode(cbor).encode()).isEqualTo(cbor);
        } catch (final MalformedValue refused) {
            assertThat(refused.getMessage()).contains("expected").hasSizeLessThan(500);
        }
    }

    @Provide
    Arbitrary<FilecoinMessage> messages() {
        final Arbitrary<FilecoinAddress> address =
                Arbitraries.oneOf(
                        Arbitraries.longs().greaterOrEqual(0).map(FilecoinAddress::ofId),
                        Arbitraries.bytes()
                                .array(byte[].class)
                                .ofSize(65)
                                .map(FilecoinAddress::ofSecp256k1));
        final Arbitrary<BigInteger> amount =
                Arbitraries.bigIntegers()
                        .between(
                                BigInteger.ONE.shiftLeft(300).negate(),
                                BigInteger.ONE.shiftLeft(300));
        final Arbitrary<Long> number = Arbitraries.longs();
        final Arbitrary<byte[]> params = Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
        return Combinators.combine(address, address, number, amount, number, amount, amount, params)
                .as(
                        (to, from, nonce, value, gasLimit, feeCap, premium, bytes) ->
                                new FilecoinMessage(
                                        to,
                                        from,
                                        nonce,
                                        value,
                                        gasLimit,
                                        feeCap,
                                        premium,
                                        nonce ^ gasLimit,
                                        bytes));
    }
}
