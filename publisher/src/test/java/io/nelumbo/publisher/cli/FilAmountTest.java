package io.nelumbo.publisher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FilAmountTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0FIL",
        "1FIL, 1000000000000000000, 1FIL",
        "1.5 FIL, 1500000000000000000, 1.5FIL",
        "200attoFIL, 200, 200attoFIL",
        "0.000000000000000001FIL, 1, 1attoFIL",
    })
    void shouldReadAmountsWithTheirUnit(
            final String text, final BigInteger atto, final String printed) {
        final FilAmount amount = FilAmount.parse(text);

        assertThat(amount.atto()).isEqualTo(atto);
        assertThat(amount).hasToString(printed);
    }

    @Property
    void shouldReadBackWhatItPrints(
            @ForAll @BigRange(min = "0", max = "2000000000000000000000000000")
                    final BigInteger atto) {
        assertThat(FilAmount.parse(new FilAmount(atto).toString())).isEqualTo(new FilAmount(atto));
    }
}
