package io.nelumbo.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ItemTest {

    private static Item item(
            final @Nullable Series figure,
            final Item.@Nullable Peer peer,
            final @Nullable Goal goal) {
        return new Item(1, "throughput", figure, "messages/s", peer, goal, "", "bench/bin/compare");
    }

    @Test
    void shouldCompareMediansWithTheRatioThatIsToBeReached() {
        final Item.Peer peer = new Item.Peer("aeron", 100, true);

        assertThat(item(Series.of(80, 90, 200), peer, Goal.ratioAtLeast(0.85)).ratio())
                .isEqualTo(0.9);
        assertThat(item(Series.of(80, 90, 200), peer, Goal.ratioAtLeast(0.85)).reached()).isTrue();
        assertThat(item(Series.of(84), peer, Goal.ratioAtLeast(0.85)).reached()).isFalse();
        assertThat(item(Series.of(101), peer, Goal.ratioAtMost(1)).reached()).isFalse();
    }

    @Test
    void shouldCompareTheFigureItselfWhereThePeerIsOnlyShown() {
        final Item.Peer peer = new Item.Peer("ratis", 2, true);

        assertThat(item(Series.of(1.5), peer, Goal.figureAtMost(1.5)).reached()).isTrue();
        assertThat(item(Series.of(1.6), peer, Goal.figureAtMost(1.5)).reached()).isFalse();
        assertThat(item(Series.of(1.6), null, Goal.figureAtLeast(1.5)).reached()).isTrue();
    }

    @Test
    void shouldNotTellWhatItDoesNotKnow() {
        final Item.Peer peer = new Item.Peer("ratis", 2, true);

        assertThat(item(null, peer, Goal.ratioAtLeast(1)).reached()).isNull();
        assertThat(item(Series.of(1), null, Goal.ratioAtLeast(1)).reached()).isNull();
        assertThat(item(Series.of(1), peer, null).reached()).isNull();
    }

    @Test
    void shouldWriteAllThatIsAskedForAsJson() {
        final JsonNode json =
                ItemJson.of(
                        item(
                                Series.of(1, 3, 2),
                                new Item.Peer("etcd", 4, false),
                                Goal.ratioAtLeast(1)));

        assertThat(json)
                .hasToString(
                        "{\"item\":1,\"name\":\"throughput\",\"figure\":2.0,\"min\":1.0,\"max\":3.0,"
                                + "\"unit\":\"messages/s\",\"peer\":\"etcd (reference, not measured"
                                + " here)\",\"peerFigure\":4.0,\"ratio\":0.5,\"goal\":\"≥ 1.00 ×\","
                                + "\"reached\":false,\"reason\":null,"
                                + "\"command\":\"bench/bin/compare\"}");
    }

    @Test
    void shouldWriteNullForWhatWasNotMeasured() {
        final JsonNode json =
                ItemJson.of(
                        Item.missing(
                                5, "failover", "s", Goal.figureAtMost(1), "not here", "elsewhere"));

        assertThat(json.path("figure").isNull()).isTrue();
        assertThat(json.path("ratio").isNull()).isTrue();
        assertThat(json.path("reached").isNull()).isTrue();
        assertThat(json.path("reason").asText()).isEqualTo("not here");
        assertThat(json.path("goal").asText()).isEqualTo("≤ 1.00 s");
    }
}
