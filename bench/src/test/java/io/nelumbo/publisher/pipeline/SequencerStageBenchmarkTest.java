package io.nelumbo.publisher.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class SequencerStageBenchmarkTest {

    @Test
    void shouldGoOnForAsManyShotsAsAreAskedForAndAllocateNothing() {
        // given
        final SequencerStageBenchmark benchmark = new SequencerStageBenchmark();
        benchmark.requestIds = 1_000;
        benchmark.prepare();
        final SequencerStageBenchmark.Allocated allocated = new SequencerStageBenchmark.Allocated();

        // when
        long before = -1;
        for (int shot = 0; shot < 18; shot++) {
            benchmark.makeRequests();
            final long nonces = benchmark.sequence(allocated);
            assertThat(nonces).isGreaterThan(before);
            before = nonces;
        }

        // then: the map of what is in flight has its size by now
        assertThat(allocated.bytesPerMessage).isLessThan(0.5);
    }
}
