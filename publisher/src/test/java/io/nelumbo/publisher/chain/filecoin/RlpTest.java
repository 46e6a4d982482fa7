package io.nelumbo.publisher.chain.filecoin;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Examples from Ethereum's description of RLP, and what lies at its bounds. */
final class RlpTest {
    private static final HexFormat HEX = HexFormat.of();

    @ParameterizedTest
    @CsvSource({"0, 80", "15, 0f", "127, 7f", "128, 8180", "1024, 820400"})
    void shouldWriteNumbers(final long number, final String expected) {
        assertThat(HEX.formatHex(new Rlp().unsigned(number).items())).isEqualTo(expected);
        assertThat(HEX.formatHex(new Rlp().number(BigInteger.valueOf(number)).items()))
                .isEqualTo(expected);
    }

    @Test
    void shouldWriteTheGreatestUnsignedNumber() {
        assertThat(HEX.formatHex(new Rlp().unsigned(-1).items())).isEqualTo("88ffffffffffffffff");
    }

    @Test
    void shouldWriteStringsAndLists() {
        final byte[] dog = "dog".getBytes(StandardCharsets.US_ASCII);
        final byte[] cat = "cat".getBytes(StandardCharsets.US_ASCII);

        assertThat(HEX.formatHex(new Rlp().bytes(dog).items())).isEqualTo("83646f67");
        assertThat(HEX.formatHex(new Rlp().bytes(new byte[0]).items())).isEqualTo("80");
        assertThat(HEX.formatHex(new Rlp().bytes(new byte[1]).items())).isEqualTo("00");
        assertThat(HEX.formatHex(new Rlp().emptyList().items())).isEqualTo("c0");
        assertThat(HEX.formatHex(new Rlp().bytes(cat).bytes(dog).typedList(2)))
                .isEqualTo("02c88363617483646f67");
    }

    @ParameterizedTest
    @CsvSource({
        "55, b7, f8, 38",
        "56, b838, f8, 3a",
        "256, b90100, f9, 0103",
        "65536, ba010000, fa, 010004"
    })
    void shouldWriteLengthsOfEverySize(
            final int bytes, final String stringHead, final String listHead, final String length) {
        final byte[] list = new Rlp().bytes(new byte[bytes]).typedList(2);

        assertThat(HEX.formatHex(list))
                .startsWith("02" + listHead + length + stringHead)
                .hasSize(
                        2 * (1 + listHead.length() / 2 + length.length() / 2)
                                + stringHead.length()
                                + 2 * bytes);
    }
}
