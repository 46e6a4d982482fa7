package io.nelumbo.statemachine.raft;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.ratis.metrics.MetricRegistries;
import org.apache.ratis.metrics.MetricRegistryInfo;
import org.apache.ratis.metrics.RatisMetricRegistry;
import org.junit.jupiter.api.Test;

final class NoMetricsTest {

    @Test
    void shouldBeWhatRatisFindsWhenItStarts() {
        assertThat(MetricRegistries.global()).isInstanceOf(NoMetrics.class);
    }

    @Test
    void shouldTakeWhateverRatisCountsAndKeepNothing() {
        final RatisMetricRegistry registry =
                new NoMetrics().create(new MetricRegistryInfo("node", "ratis", "log", "any"));

        registry.counter("entries").inc();
        registry.gauge(
                "size",
                () -> {
                    throw new AssertionError("asked, though nobody reports");
                });

        assertThat(registry.counter("entries").getCount()).isZero();
        assertThat(registry.timer("flush").time().stop()).isZero();
        assertThat(registry.getMetricRegistryInfo().getPrefix()).isEqualTo("node");
    }
}
