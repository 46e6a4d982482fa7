package io.nelumbo.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskProbeTest {

    @TempDir private Path folder;

    @Test
    void shouldTellRateAndTimesAndLeaveNothingBehind() throws IOException {
        final DiskProbe.Forces forces = DiskProbe.probe(folder, Duration.ofMillis(50));

        assertThat(forces.perSecond()).isPositive();
        assertThat(forces.p50Ms()).isPositive().isLessThanOrEqualTo(forces.p99Ms());
        assertThat(folder).isEmptyDirectory();
    }
}
