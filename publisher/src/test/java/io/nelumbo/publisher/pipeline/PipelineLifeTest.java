package io.nelumbo.publisher.pipeline;

import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** I1, I2, I4 and I6 over whole lives; jqwik prints the seed of one that fails. */
final class PipelineLifeTest {

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
    void shouldKeepEveryInvariantWhateverHappensToLeadershipKeysAndClients(
            @ForAll final long seed) {
        final RandomLife life = new RandomLife(seed);
        life.live(400);
        life.check();
    }
}
