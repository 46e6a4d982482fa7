package io.nelumbo.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LoadOrderTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    static Stream<LoadOrder> orders() {
        return Stream.of(
                LoadOrder.closed(1000, 256, LoadOrder.NO_SHAPE, Duration.ZERO, SECOND),
                LoadOrder.open(12_345.5, 1, "256x4", SECOND, Duration.ofMillis(1)));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void shouldReadWhatItWrote(final LoadOrder order) {
        assertThat(LoadOrder.parse(order.text())).isEqualTo(order);
    }

    @Test
    void shouldRefuseAShapeThatIsNotOneWord() {
        assertThatThrownBy(() -> LoadOrder.closed(1, 1, "256 4", SECOND, SECOND))
                .hasMessageContaining("256 4");
    }

    @Test
    void shouldSayWhatItGotWhenALineIsNoOrder() {
        assertThatThrownBy(() -> LoadOrder.parse("closed 1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'closed 1'");
    }
}
