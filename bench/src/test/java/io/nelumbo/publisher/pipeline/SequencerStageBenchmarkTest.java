package io.nelumbo.publisher.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class SequencerStageBenchmarkTest {

    @Test
    void shouldGoOnForAsManyShotsAsAreAskedFor() {
        final SequencerStageBenchmark benchmark = new SequencerStageBenchmark();
        benchmark.requestIds = 1_000;
        benchmark.prepare();

        long before = -1;
        for (int shot = 0; shot < 18; shot++) {
            benchmark.makeRequests();
            final long nonces = benchmark.sequence();
            assertThat(nonces).isGreaterThan(before);
            before = nonces;
        }
    }
}
