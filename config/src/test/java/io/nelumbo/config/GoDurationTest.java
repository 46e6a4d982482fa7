package io.nelumbo.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GoDurationTest {

    @ParameterizedTest
    @CsvSource({
        "15s, 15000000000",
        "1m40s, 100000000000",
        "200ms, 200000000",
        "168h, 604800000000000",
        "168h0m0s, 604800000000000",
        "1.5h, 5400000000000",
        "5us, 5000",
        "5µs, 5000",
        "1h1ns, 3600000000001",
        "0, 0",
        "0s, 0",
        "0.1ns, 0",
    })
    void shouldReadWhatGoReads(final String text, final long expectedNs) {
        assertThat(GoDuration.parse(text)).isEqualTo(Duration.ofNanos(expectedNs));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "5",
                "s",
                "-1s",
                "+1s",
                "1 s",
                "1s ",
                "1S",
                "1d",
                ".5s",
                "1.s",
                "1s2",
                "1,5s",
                "300y",
                "2562048h",
                "1e3s",
                "٣s"
            })
    void shouldRefuseWhatIsNoDuration(final String text) {
        assertThat(GoDuration.parse(text)).isNull();
    }

    @Test
    void shouldRefuseAVeryLongText() {
        assertThat(GoDuration.parse("1s".repeat(1000))).isNull();
    }

    @Test
    void shouldNotPrintANegativeDuration() {
        assertThatThrownBy(() -> GoDuration.print(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldPrintAsLotusWritesItsDefaults() {
        assertThat(GoDuration.print(Duration.ofSeconds(100))).isEqualTo("1m40s");
        assertThat(GoDuration.print(Duration.ofMillis(200))).isEqualTo("200ms");
        assertThat(GoDuration.print(Duration.ZERO)).isEqualTo("0s");
    }

    @Property
    void shouldReadBackWhatItPrints(@ForAll @LongRange(min = 0) final long ns) {
        final Duration duration = Duration.ofNanos(ns);

        assertThat(GoDuration.parse(GoDuration.print(duration))).isEqualTo(duration);
    }
}
