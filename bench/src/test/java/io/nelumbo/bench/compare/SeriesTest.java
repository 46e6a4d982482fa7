package io.nelumbo.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTest {

    @Test
    void shouldTakeTheMiddleOneWhereverItStands() {
        final Series series = Series.of(9, 1, 5);

        assertThat(series.median()).isEqualTo(5);
        assertThat(series.min()).isEqualTo(1);
        assertThat(series.max()).isEqualTo(9);
    }

    @Test
    void shouldTakeTheMeanOfTheTwoInTheMiddleWhenThereIsNone() {
        assertThat(Series.of(4, 1, 2, 100).median()).isEqualTo(3);
    }

    @Test
    void shouldRefuseToStandForNothing() {
        assertThatThrownBy(() -> new Series(List.of())).hasMessageContaining("one sample");
    }

    @Test
    void shouldTellTheSpreadOnlyWhereThereIsOne() {
        assertThat(Figures.text(Series.of(1234.5))).isEqualTo("1,235");
        assertThat(Figures.text(Series.of(0.5, 12.34, 1234))).isEqualTo("12.3 (0.50–1,234)");
    }
}
