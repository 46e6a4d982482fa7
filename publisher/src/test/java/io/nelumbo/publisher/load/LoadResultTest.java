package io.nelumbo.publisher.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LoadResultTest {

    @Test
    void shouldReadBackWhatItWroteAsOneLine() {
        // given
        final LoadResult result = result();

        // when
        final String line = result.toJsonLine();

        // then
        assertThat(line).doesNotContain("\n");
        assertThat(LoadResult.parse(line)).isEqualTo(result);
    }

    @Test
    void shouldReadBackWhatHasNoLatencies() {
        // given
        final Latency none = new Latency(Latency.empty());
        final LoadResult result = new LoadResult(0, 1.5, new Counts(0, Map.of(), 3, 0), none, none);

        // when, then
        assertThat(LoadResult.parse(result.toJsonLine())).isEqualTo(result);
        assertThat(result.latency().p999Us()).isZero();
    }

    @Test
    void shouldWriteFiguresInMicrosecondsAndACurve() {
        // when
        final JsonNode latency = result().toJson().path("latency");

        // then
        assertThat(latency.path("count").asLong()).isEqualTo(1000);
        assertThat(latency.path("p50Us").asDouble()).isCloseTo(500, within(1.0));
        assertThat(latency.path("p90Us").asDouble()).isCloseTo(900, within(1.0));
        assertThat(latency.path("p99Us").asDouble()).isCloseTo(990, within(1.0));
        assertThat(latency.path("p999Us").asDouble()).isCloseTo(999, within(1.0));
        assertThat(latency.path("maxUs").asDouble()).isCloseTo(1000, within(1.0));
        final JsonNode curve = latency.path("curve");
        assertThat(curve.size()).isGreaterThan(20);
        assertThat(curve.get(curve.size() - 1).get(0).asDouble()).isEqualTo(100);
        assertThat(curve.get(curve.size() - 1).get(1).asDouble()).isCloseTo(1000, within(1.0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[1]",
                "{\"seconds\":1,\"latency\":{\"histogram\":\"AAAA\"}}",
                "{\"seconds\":1,\"latency\":{\"histogram\":\"?\"}}"
            })
    void shouldRefuseWhatIsNoResult(final String line) {
        assertThatThrownBy(() -> LoadResult.parse(line))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static LoadResult result() {
        final Histogram latencies = Latency.empty();
        for (int us = 1; us <= 1000; us++) {
            latencies.recordValue(us * 1000L);
        }
        return new LoadResult(
                2500,
                0.4,
                new Counts(1000, Map.of("overloaded", 7L), 2, 1),
                new Latency(latencies),
                new Latency(Latency.empty()));
    }
}
