package io.nelumbo.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.bench.peers.Contestant;
import io.nelumbo.bench.peers.LoadOrder;
import io.nelumbo.bench.peers.RunningCluster;
import io.nelumbo.publisher.load.Counts;
import io.nelumbo.publisher.load.LoadResult;
import io.nelumbo.publisher.load.Pace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TurnTest {

    private static final Lengths LENGTHS =
            new Lengths(1, Duration.ofSeconds(90), Duration.ofSeconds(4));

    private final Standings standings = new Standings();
    private final List<LoadOrder> orders = new ArrayList<>();
    private final List<String> told = new ArrayList<>();

    private record Named(String name) implements Contestant {
        @Override
        public RunningCluster start(final Path folder) {
            throw new IllegalStateException("expected nobody to start");
        }
    }

    private void play(final String name, final Turn.Cluster cluster) {
        new Turn(
                        new Named(name),
                        order -> {
                            orders.add(order);
                            return cluster.run(order);
                        },
                        LENGTHS,
                        standings,
                        told::add)
                .play();
    }

    /** As fast as it has messages in flight, and in an open loop as fast as it is asked. */
    private static LoadResult steady(final LoadOrder order) {
        return order.plan().pace() instanceof Pace.OpenLoop open
                ? Results.offered(open.perSecond())
                : Results.of(10L * window(order), 1_000);
    }

    private static LoadResult refusing(final LoadOrder order) {
        final LoadResult whole = steady(order);
        return new LoadResult(
                whole.offeredPerSecond(),
                1,
                new Counts(7, Map.of("too much", 1L), 0, 0),
                whole.latency(),
                whole.sendLag());
    }

    private static int window(final LoadOrder order) {
        return order.plan().pace() instanceof Pace.ClosedLoop closed ? closed.window() : 0;
    }

    private static boolean isWarmUp(final LoadOrder order) {
        return order.plan().warmUp().isZero();
    }

    @Test
    void shouldWarmUpEveryContestantForTheSameTimeWhateverItsSpeed() {
        play("aeron", TurnTest::steady);

        final List<LoadOrder> warmUp = orders.subList(0, 18);
        assertThat(warmUp).extracting(TurnTest::window).startsWith(4, 1024, 4096, 4, 1024, 4096);
        assertThat(warmUp.stream().mapToLong(o -> o.plan().duration().toSeconds()).sum())
                .isEqualTo(90);
        assertThat(told)
                .containsExactly("  90 s of warm-up: from 40.0 to 40.0 messages/s at 4 in flight");
        assertThat(window(orders.get(18))).isEqualTo(1024);
    }

    @Test
    void shouldOfferHalfOfTheMostAndOurRateToEverybody() {
        // given
        play("nelumbo", TurnTest::steady);

        // when
        play("aeron", order -> window(order) == 4096 ? Results.of(4_000, 1) : steady(order));

        // then
        assertThat(offered("nelumbo", Load.HALF)).isEqualTo(20_480);
        assertThat(offered("nelumbo", Load.OUR_HALF)).isEqualTo(20_480);
        assertThat(offered("aeron", Load.HALF)).isEqualTo(5_120);
        assertThat(offered("aeron", Load.OUR_HALF)).isEqualTo(20_480);
        assertThat(standings.faults()).isEmpty();
    }

    @Test
    void shouldGoOnWithTheNextLoadWhenOneWasNotAcknowledgedWhole() {
        play("ratis", order -> window(order) == 4096 ? refusing(order) : steady(order));

        assertThat(standings.of("ratis", Load.LARGE)).isEmpty();
        assertThat(standings.faults("ratis", Load.LARGE)).contains("too much");
        assertThat(standings.of("ratis", Load.UNLOADED)).hasSize(1);
        assertThat(offered("ratis", Load.HALF)).isEqualTo(5_120);
    }

    @Test
    void shouldSayThatAWarmUpWasNotAcknowledgedWhole() {
        play("ratis", order -> window(order) == 4 ? refusing(order) : steady(order));

        assertThat(standings.faults().get(0).toString())
                .startsWith("ratis: warm-up, 4 in flight: expected all messages");
        assertThat(standings.of("ratis", Load.WINDOW)).hasSize(1);
    }

    @Test
    void shouldSpoilOnlyWhatIsLeftWhenTheClientDies() {
        play(
                "aeron",
                order -> {
                    if (window(order) == 4096 && !isWarmUp(order)) {
                        throw new IllegalStateException("it ended\nand complained at length");
                    }
                    return steady(order);
                });

        assertThat(standings.of("aeron", Load.WINDOW)).hasSize(1);
        assertThat(standings.faults("aeron", Load.WINDOW)).isEmpty();
        assertThat(standings.faults("aeron", Load.UNLOADED))
                .isEqualTo("aeron, 1 at a time: it ended");
    }

    private double offered(final String contestant, final Load load) {
        return standings.of(contestant, load).get(0).offeredPerSecond();
    }
}
