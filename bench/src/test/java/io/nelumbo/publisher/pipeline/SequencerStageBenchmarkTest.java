package io.nelumbo.publisher.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
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
            allocated.bytes = 0;
            allocated.messages = 0;
            final long nonces = benchmark.sequence(allocated);
            assertThat(nonces).isGreaterThan(before);
            before = nonces;
        }

        // then: the map of what is in flight has its size by now
        assertThat(allocated.messages).isPositive();
        assertThat(allocated.bytes / (double) allocated.messages).isBetween(0.0, 0.5);
        assertThat(
                        ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                                .isThreadAllocatedMemoryEnabled())
                .isTrue();
    }
}
