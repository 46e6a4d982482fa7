package io.nelumbo.publisher.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelumbo.publisher.cli.bench.BenchReport.Load;
import io.nelumbo.publisher.load.Counts;
import io.nelumbo.publisher.load.Latency;
import io.nelumbo.publisher.load.LoadResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BenchReportTest {
    private static final Verdict CLEAN = new Verdict(3, 0, 0, 0, true);

    @Test
    void shouldPrintATableAndTheVerdict() {
        // when
        final String text = report(new Counts(2, Map.of(), 0, 0), CLEAN).text();

        // then
        assertThat(text.lines().toList())
                .hasSize(4)
                .anyMatch(line -> line.startsWith("disk: append 4 KiB, fdatasync"))
                .anyMatch(line -> line.matches("one at a time +1 +2\\.00 +4\\.\\d+ .*"))
                .contains("3 receipts: 0 lost, 0 duplicated, 0 gaps; the journals agree");
    }

    @Test
    void shouldWriteEachLoadAndTheVerdictForScripts() {
        // when
        final var json = report(new Counts(2, Map.of(), 0, 0), CLEAN).json();

        // then
        assertThat(LoadResult.of(json.path("oneAtATime")).counts().acknowledged()).isEqualTo(2);
        assertThat(json.path("verdict").path("clean").asBoolean()).isTrue();
        assertThat(json.path("oneAtATime").path("sameLeader").asBoolean()).isTrue();
        assertThat(json.path("disk").path("fileSystem").asText()).isEqualTo("ext4");
        assertThat(json.path("disk").path("perSecond").asDouble()).isPositive();
    }

    @Test
    void shouldNotBeCleanWhenSomethingWasLost() {
        final Verdict lost = new Verdict(3, 1, 0, 0, true);

        assertThat(report(new Counts(2, Map.of(), 0, 0), CLEAN).isClean()).isTrue();
        assertThat(report(new Counts(2, Map.of(), 0, 0), lost).isClean()).isFalse();
    }

    @Test
    void shouldSayWhyALoadIsNoMeasurement() {
        // given
        final Counts all = new Counts(2, Map.of(), 0, 0);
        final Counts refused = new Counts(2, Map.of("overloaded", 1L), 0, 0);

        // then
        assertThat(report(all, CLEAN).shortfalls()).isEmpty();
        assertThat(report(new Counts(0, Map.of(), 0, 0), CLEAN).shortfalls()).hasSize(1);
        assertThat(report(new Counts(100_000, Map.of(), 1, 0), CLEAN).shortfalls()).hasSize(1);
        assertThat(report(all, CLEAN, false).shortfalls())
                .singleElement()
                .asString()
                .endsWith("; the leader changed during it");
        assertThat(report(refused, CLEAN).shortfalls())
                .containsExactly(
                        "one at a time is no measurement: acknowledged 2, refused {overloaded=1},"
                                + " unknown 0, never sent 0");
    }

    @Test
    void shouldTellScriptsWhyALoadIsNoMeasurement() {
        final var verdict = report(new Counts(2, Map.of(), 1, 0), CLEAN).json().path("verdict");

        assertThat(verdict.path("whole").asBoolean(true)).isFalse();
        assertThat(verdict.path("shortfalls").get(0).asText()).contains("unknown 1");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 1, 1, 1",
        "1, 0, 1, 1, 1",
        "1, 1, 0, 1, 1",
        "1, 1, 1, 0, 1",
        "1, 1, 1, 1, 1001",
        "1, 1001, 1, 1, 1"
    })
    void shouldRefuseOptionsOutOfRange(
            final int warmUp,
            final int seconds,
            final int accounts,
            final int window,
            final int batch) {
        assertThatThrownBy(
                        () ->
                                new BenchOptions(
                                        Duration.ofSeconds(warmUp),
                                        Duration.ofSeconds(seconds),
                                        accounts,
                                        window,
                                        batch))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static BenchReport report(final Counts counts, final Verdict verdict) {
        return report(counts, verdict, true);
    }

    private static BenchReport report(
            final Counts counts, final Verdict verdict, final boolean sameLeader) {
        final Latency.Recording recording = new Latency.Recording();
        recording.add(2_000_000);
        recording.add(4_000_000);
        final Latency latency = recording.latency();
        final LoadResult result = new LoadResult(0, 2, counts, latency, latency);
        return new BenchReport(
                "ext4",
                latency,
                List.of(new Load("oneAtATime", "one at a time", result, sameLeader)),
                verdict);
    }
}
