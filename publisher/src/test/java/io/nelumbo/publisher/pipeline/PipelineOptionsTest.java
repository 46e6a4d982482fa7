package io.nelumbo.publisher.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Bounds are checked where they are given. */
final class PipelineOptionsTest {

    @Test
    void shouldNameEveryBoundThatIsOutOfRange() {
        assertThatThrownBy(
                        () ->
                                new PipelineOptions(
                                        1000,
                                        WaitStrategyName.BLOCKING,
                                        0,
                                        5_000_000,
                                        0,
                                        1000,
                                        0,
                                        0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "expected ringSize to be a power of two but was 1000",
                        "expected signerThreads from 1 to 64 but was 0",
                        "expected maxBatchBytes from 1024 to 4000000 but was 5000000",
                        "expected maxBatchMessages from 1 to 65536 but was 0",
                        "expected maxInFlightBatches from 1 to 256 but was 1000",
                        "expected maxUnconfirmedMessages from 1",
                        "expected maxOutboxBytes from 1");
    }

    @Test
    void shouldKnowWaitStrategiesByTheirConfiguredNames() {
        for (final WaitStrategyName name : WaitStrategyName.values()) {
            assertThat(WaitStrategyName.of(name.configured())).isEqualTo(name);
            assertThat(name.strategy()).isNotNull();
        }
        assertThat(WaitStrategyName.of("busy-spin")).isEqualTo(WaitStrategyName.BUSY_SPIN);
        assertThatThrownBy(() -> WaitStrategyName.of("lazy"))
                .hasMessage("expected one of blocking, sleeping, yielding, busy-spin but was lazy");
    }
}
