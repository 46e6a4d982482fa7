package io.nelumbo.publisher.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nelumbo.publisher.load.Pace.ClosedLoop;
import io.nelumbo.publisher.load.Pace.OpenLoop;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LoadGeneratorTest {
    private static final Duration NONE = Duration.ZERO;
    private static final Duration ONE_SECOND = Duration.ofSeconds(1);

    @Test
    void shouldMeasureTheServiceTimeWhenNothingStalls() throws InterruptedException {
        // given
        final VirtualTarget target = VirtualTarget.acknowledging(2);

        // when
        final LoadResult result = target.run(open(1000, 100, NONE));

        // then
        assertThat(result.counts()).isEqualTo(new Counts(1000, Map.of(), 0, 0));
        assertThat(result.latency().p50Us()).isCloseTo(2000, within(2.0));
        assertThat(result.latency().maxUs()).isCloseTo(2000, within(2.0));
        assertThat(result.sendLag().maxUs()).isZero();
        assertThat(result.offeredPerSecond()).isEqualTo(1000);
        assertThat(result.achievedPerSecond()).isCloseTo(1000, within(2.0));
    }

    /** With a bound that is never reached, and with one that keeps most of them from being sent. */
    @ParameterizedTest
    @ValueSource(ints = {1000, 10})
    void shouldShowAStallInEveryMessageThatWasDueInIt(final int maxInFlight)
            throws InterruptedException {
        // given: 100 messages are due while nothing is answered
        final VirtualTarget target = VirtualTarget.acknowledging(1).stalling(500, 600);

        // when
        final LoadResult result = target.run(open(1000, maxInFlight, NONE));

        // then: the first of them waits for 100 ms, the one in the middle for 50; those that could
        // not be sent wait up to 10 ms longer, because the bound takes so long to let them through
        final var latencies = result.latency().histogram();
        assertThat(result.counts().acknowledged()).isEqualTo(1000);
        assertThat(latencies.getMaxValue() / 1e6).isCloseTo(101, within(0.2));
        assertThat(latencies.getCountBetweenValues(ms(51), ms(110))).isBetween(48L, 58L);
        assertThat(latencies.getCountBetweenValues(ms(2), ms(110))).isBetween(97L, 111L);
        assertThat(target.mostInFlight()).isLessThanOrEqualTo(maxInFlight);
    }

    @Test
    void shouldSayThatItWasLateItselfWhenNoRoomWasInFlight() throws InterruptedException {
        // given
        final VirtualTarget target = VirtualTarget.acknowledging(1).stalling(500, 600);

        // when
        final LoadResult result = target.run(open(1000, 10, NONE));

        // then
        assertThat(result.sendLag().maxUs() / 1000).isBetween(85.0, 101.0);
        assertThat(result.sendLag().p50Us()).isZero();
    }

    @Test
    void shouldSendAtOnceWhatIsDueWhenItWasHeldUp() throws InterruptedException {
        // given: 20 are due in each millisecond, and one answer frees one place after 1 ms
        final VirtualTarget target = VirtualTarget.acknowledging(1).stalling(100, 200);
        final LoadPlan plan = open(20_000, 64, NONE).withBatches(32);

        // when
        final LoadResult result = target.run(plan);

        // then
        assertThat(result.counts().acknowledged()).isEqualTo(20_000);
        assertThat(target.largestBatch()).isEqualTo(32);
    }

    /** Whether as one batch or one after the other. */
    @ParameterizedTest
    @ValueSource(ints = {32, 1})
    void shouldSleepHalfAMillisecondAndSendWhatCameDueMeanwhile(final int maxBatchMessages)
            throws InterruptedException {
        // given: a message is due each 50 microseconds
        final VirtualTarget target = VirtualTarget.acknowledging(1);
        final LoadPlan plan = open(20_000, 1000, NONE).withBatches(maxBatchMessages);

        // when
        final LoadResult result = target.run(plan);

        // then: ten at a time, the first of which is late by all of the sleep
        assertThat(result.counts().acknowledged()).isEqualTo(20_000);
        assertThat(target.largestBatch()).isEqualTo(Math.min(10, maxBatchMessages));
        assertThat(result.sendLag().maxUs()).isCloseTo(450, within(2.0));
        assertThat(result.latency().maxUs()).isCloseTo(1450, within(2.0));
    }

    @Test
    void shouldCountAsUnsentWhatHadNoRoomUntilThePatienceWasOver() throws InterruptedException {
        // given: nothing is ever answered
        final VirtualTarget target = new VirtualTarget(1, (number, outcomes) -> {});
        final LoadPlan plan =
                new LoadPlan(
                        new OpenLoop(1000, 10), 1, ONE_SECOND, ONE_SECOND, Duration.ofMillis(300));

        // when
        final LoadResult result = target.run(plan);

        // then: those in flight were due in the warm-up
        assertThat(target.sent()).isEqualTo(10);
        assertThat(result.counts()).isEqualTo(new Counts(0, Map.of(), 0, 1000));
        assertThat(result.achievedPerSecond()).isZero();
        assertThat(result.latency().p99Us()).isZero();
    }

    @Test
    void shouldCountAsUnknownWhatIsNotAnsweredInTime() throws InterruptedException {
        // given
        final VirtualTarget target =
                new VirtualTarget(
                        1,
                        (number, outcomes) -> {
                            if (number % 10 != 0) {
                                outcomes.acknowledged(number, 1);
                            }
                        });

        // when
        final LoadResult result = target.run(open(1000, 1000, NONE));

        // then
        assertThat(result.counts()).isEqualTo(new Counts(900, Map.of(), 100, 0));
    }

    @Test
    void shouldCountRefusalsByReasonAndUnknownsApart() throws InterruptedException {
        // given
        final VirtualTarget target =
                new VirtualTarget(
                        1,
                        (number, outcomes) -> {
                            switch ((int) (number % 4)) {
                                case 0 -> outcomes.refused(number, 1, "overloaded");
                                case 1 -> outcomes.refused(number, 1, "no leader");
                                case 2 -> outcomes.unknown(number, 1);
                                default -> outcomes.acknowledged(number, 1);
                            }
                        });

        // when
        final LoadResult result = target.run(open(1000, 100, NONE));

        // then
        assertThat(result.counts())
                .isEqualTo(new Counts(250, Map.of("overloaded", 250L, "no leader", 250L), 250, 0));
        assertThat(result.counts().due()).isEqualTo(1000);
        assertThat(result.latency().histogram().getTotalCount()).isEqualTo(250);
    }

    @Test
    void shouldCountOtherReasonsTogetherWhenThereAreTooMany() throws InterruptedException {
        // given
        final VirtualTarget target =
                new VirtualTarget(1, (number, all) -> all.refused(number, 1, "reason " + number));

        // when
        final LoadResult result = target.run(open(1000, 100, NONE));

        // then
        assertThat(result.counts().refused()).hasSize(Reasons.MAX_REASONS + 1);
        assertThat(result.counts().refused().get(Reasons.OTHERS))
                .isEqualTo(1000L - Reasons.MAX_REASONS);
    }

    @Test
    void shouldNotRecordTheWarmUp() throws InterruptedException {
        // given: a stall that is over when the recording begins
        final VirtualTarget target = VirtualTarget.acknowledging(1).stalling(200, 400);

        // when
        final LoadResult result = target.run(open(1000, 1000, Duration.ofMillis(500)));

        // then
        assertThat(target.sent()).isEqualTo(1500);
        assertThat(result.counts().acknowledged()).isEqualTo(1000);
        assertThat(result.latency().maxUs()).isCloseTo(1000, within(1.0));
    }

    @Test
    void shouldKeepItsWindowAndMeasureFromTheSendingWhenTheLoopIsClosed()
            throws InterruptedException {
        // given
        final VirtualTarget target = VirtualTarget.acknowledging(2);
        final LoadPlan plan = LoadPlan.of(new ClosedLoop(8), NONE, ONE_SECOND).withBatches(3);

        // when
        final LoadResult result = target.run(plan);

        // then
        assertThat(target.mostInFlight()).isEqualTo(8);
        assertThat(target.largestBatch()).isEqualTo(3);
        assertThat(result.achievedPerSecond()).isCloseTo(4000, within(20.0));
        assertThat(result.latency().maxUs()).isCloseTo(2000, within(2.0));
        assertThat(result.offeredPerSecond()).isZero();
    }

    @Test
    void shouldTellTheRateUntilTheLastAnswerWhenAnswersComeLate() throws InterruptedException {
        // given: what is sent in the last second is answered two seconds later
        final VirtualTarget target = VirtualTarget.acknowledging(1).stalling(500, 3000);

        // when
        final LoadResult result = target.run(open(1000, 1000, NONE));

        // then
        assertThat(result.counts().acknowledged()).isEqualTo(1000);
        assertThat(result.seconds()).isCloseTo(3, within(0.01));
        assertThat(result.achievedPerSecond()).isCloseTo(333, within(2.0));
    }

    @Test
    void shouldFailWhenATargetTellsTwoOutcomesOfOneMessage() {
        // given
        final VirtualTarget target =
                new VirtualTarget(
                        1,
                        (number, outcomes) -> {
                            outcomes.acknowledged(number, 1);
                            outcomes.unknown(number, 1);
                        });

        // when, then
        assertThatThrownBy(() -> target.run(open(1000, 100, NONE)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("one outcome of message 0");
    }

    @Test
    @Timeout(30)
    void shouldWakeInRealTimeWhenOthersAnswer() throws InterruptedException {
        // given
        final ExecutorService others = Executors.newFixedThreadPool(2);
        try {
            final Target target =
                    (first, count, outcomes) ->
                            others.execute(() -> outcomes.acknowledged(first, count));
            final LoadPlan plan =
                    new LoadPlan(new ClosedLoop(1), 1, NONE, Duration.ofMillis(200), ONE_SECOND);

            // when
            final LoadResult result = LoadGenerator.run(plan, target);

            // then: without being woken it would have sent one in 10 ms
            assertThat(result.counts().unknown()).isZero();
            assertThat(result.counts().acknowledged()).isGreaterThan(100);
        } finally {
            others.shutdown();
            assertThat(others.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, 10_000_001})
    void shouldRefuseARateOutOfRange(final double perSecond) {
        assertThatThrownBy(() -> new OpenLoop(perSecond, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Pace.MAX_IN_FLIGHT + 1})
    void shouldRefuseABoundOutOfRange(final int bound) {
        assertThatThrownBy(() -> new OpenLoop(1, bound))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ClosedLoop(bound))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static LoadPlan open(
            final double perSecond, final int maxInFlight, final Duration warmUp) {
        return LoadPlan.of(new OpenLoop(perSecond, maxInFlight), warmUp, ONE_SECOND);
    }

    private static long ms(final long ms) {
        return TimeUnit.MILLISECONDS.toNanos(ms);
    }
}
