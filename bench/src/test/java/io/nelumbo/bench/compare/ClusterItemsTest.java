package io.nelumbo.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterItemsTest {

    private static Standings standings(final String... contestants) {
        final Standings standings = new Standings();
        long perSecond = 200_000;
        for (final String contestant : contestants) {
            for (final Load load : Load.values()) {
                standings.add(contestant, load, Results.of(perSecond, 1_000));
                standings.add(contestant, load, Results.of(perSecond + 10, 1_000));
            }
            perSecond /= 2;
        }
        return standings;
    }

    @Test
    void shouldJudgeOurMedianByTheirs() {
        final List<Item> items = new ClusterItems(standings("nelumbo", "ratis", "aeron")).items();

        assertThat(items.get(0).peer()).isEqualTo(new Item.Peer("aeron", 50_005, true));
        assertThat(items.get(0).ratio()).isBetween(3.9, 4.1);
        assertThat(items.get(0).reached()).isTrue();
        assertThat(items).extracting(Item::item).containsOnly(1, 2, 3);
    }

    @Test
    void shouldMeasureTheSpreadByTheSlowestInAHundred() {
        final Item spread =
                new ClusterItems(standings("nelumbo"))
                        .items().stream()
                                .filter(item -> item.name().contains("p99 / p50"))
                                .findFirst()
                                .orElseThrow();

        assertThat(spread.figure()).isNotNull();
        assertThat(spread.reached()).isFalse();
    }

    @Test
    void shouldSayWhoDidNotRunInsteadOfJudging() {
        final Item alone = new ClusterItems(standings("nelumbo")).items().get(0);
        final Item withoutUs = new ClusterItems(standings("ratis")).items().get(1);

        assertThat(alone.reached()).isNull();
        assertThat(alone.reason()).isEqualTo("the peer did not run");
        assertThat(withoutUs.reached()).isNull();
        assertThat(withoutUs.reason()).isEqualTo("our members did not run");
    }

    @Test
    void shouldCompareEachReferenceWithTheLoadThatItWasMeasuredUnder() {
        final Item hashicorp =
                new ClusterItems(standings("nelumbo"))
                        .items().stream()
                                .filter(item -> ItemJson.nameOf(item.peer()).contains("hashicorp"))
                                .findFirst()
                                .orElseThrow();

        assertThat(hashicorp.name()).startsWith(Load.WINDOW.title());
    }

    @Test
    void shouldJudgeNothingByAMeasurementThatWasNone() {
        // given
        final Standings standings = standings("nelumbo", "ratis", "aeron");
        standings.fault("nelumbo", Load.LARGE, "one was refused");
        standings.fault("aeron", Load.WINDOW, "one was not answered");

        // when
        final List<Item> items = new ClusterItems(standings).items();

        // then
        final Item aeron = items.get(0);
        assertThat(aeron.figure()).isNotNull();
        assertThat(aeron.reached()).isNull();
        assertThat(aeron.reason()).contains("aeron").contains("one was not answered");
        assertThat(items)
                .filteredOn(item -> item.name().startsWith(Load.LARGE.title()))
                .hasSize(2)
                .allSatisfy(
                        item -> {
                            assertThat(item.reached()).isNull();
                            assertThat(item.reason()).contains("one was refused");
                        });
        assertThat(items.get(1).reached()).isNotNull();
    }
}
