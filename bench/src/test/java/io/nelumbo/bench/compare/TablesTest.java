package io.nelumbo.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TablesTest {

    @Test
    void shouldAlignColumnsAndLeaveNoBlanksAtTheEnd() {
        assertThat(Tables.align(List.of(List.of("a", "b", "c"), List.of("long", "", "d"))))
                .isEqualTo("a     b  c\nlong     d\n");
    }

    @Test
    void shouldShowMediansWithTheirSpread() {
        final Standings standings = new Standings();
        standings.add("aeron", Load.WINDOW, Results.of(100, 1_000));
        standings.add("aeron", Load.WINDOW, Results.of(300, 1_000));

        assertThat(Tables.of(standings))
                .contains("aeron")
                .contains("200 (100–300)")
                .contains("1.00 (1.00–1.00)");
    }

    @Test
    void shouldSayBelowWhyAFigureIsMissing() {
        final Item missing =
                Item.missing(5, "failover", "s", Goal.figureAtMost(1), "nobody looked", "x");

        assertThat(Tables.of(List.of(missing)))
                .contains("failover")
                .endsWith("  5, failover: nobody looked\n");
    }

    @Test
    void shouldShowWhatWasInvalidAndTheRateOfAnOpenLoop() {
        final Standings standings = new Standings();
        standings.add("aeron", Load.HALF, Results.offered(5_000));
        standings.fault("ratis", Load.WINDOW, "one was refused");

        assertThat(Tables.of(standings))
                .contains("aeron", "5,000", "ratis")
                .endsWith("  invalid: ratis, 1024 in flight: one was refused\n");
    }
}
