package io.nelumbo.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FilAmountTest {

    @ParameterizedTest
    @CsvSource({
        "0.07 FIL, 70000000000000000, 0.07 FIL",
        "0.07, 70000000000000000, 0.07 FIL",
        "1FIL, 1000000000000000000, 1 FIL",
        "10 fil, 10000000000000000000, 10 FIL",
        "500 attoFIL, 500, 0.0000000000000005 FIL",
        "7 aFIL, 7, 0.000000000000000007 FIL",
        "0 FIL, 0, 0 FIL",
        "2000000000 FIL, 2000000000000000000000000000, 2000000000 FIL",
    })
    void shouldReadAmountsAsLotusWritesThem(
            final String text, final BigInteger attoFil, final String printed) {
        final FilAmount amount = Objects.requireNonNull(FilAmount.parse(text));

        assertThat(amount.attoFil()).isEqualTo(attoFil);
        assertThat(amount).hasToString(printed);
        assertThat(FilAmount.parse(printed)).isEqualTo(amount);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "FIL",
                "-1 FIL",
                "1e3 FIL",
                ".5 FIL",
                "1. FIL",
                "1  FIL",
                "1 FILs",
                "1,5 FIL",
                "0.5 attoFIL",
                "2000000000.000000000000000001 FIL",
                "0.0000000000000000001 FIL"
            })
    void shouldRefuseWhatIsNoAmount(final String text) {
        assertThat(FilAmount.parse(text)).isNull();
    }

    @Test
    void shouldRefuseADigitTooManyWithoutCountingThem() {
        assertThat(FilAmount.parse("9".repeat(200_000))).isNull();
    }
}
