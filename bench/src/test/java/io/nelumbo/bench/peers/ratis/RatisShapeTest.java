package io.nelumbo.bench.peers.ratis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RatisShapeTest {

    @Test
    void shouldReadEntriesTimesInFlight() {
        assertThat(RatisShape.parse("256x4"))
                .isEqualTo(new RatisShape(256, 4))
                .hasToString("256x4");
    }

    @ParameterizedTest
    @CsvSource({"1,1x1", "4,1x4", "1024,256x4", "4096,1024x4", "16384,1024x16"})
    void shouldFillItsWindow(final int window, final String shape) {
        assertThat(RatisShape.filling(window)).hasToString(shape);
    }

    @ParameterizedTest
    @ValueSource(strings = {"256", "0x4", "256x0", "256x99999", "x"})
    void shouldRefuseWhatIsNoShape(final String text) {
        assertThatThrownBy(() -> RatisShape.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
