package io.nelumbo.publisher.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link DevnetIT} at full length and from many seeds; runs in the Maven profile campaign only. */
final class DevnetCampaign {
    @RegisterExtension static final Workplace WORKPLACE = new Workplace();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void shouldKeepI1I2I4I5AndI7ThroughThreeKills(final long seed) throws Exception {
        final Program.Ran ran = DevnetRun.of(WORKPLACE.folder("seed-" + seed), 20_000, 8, 3, seed);

        System.out.println("seed " + seed + ": " + ran.out());
        assertThat(ran.exitCode()).as("%s", ran).isZero();
        Workplace.delete(WORKPLACE.folder("seed-" + seed));
    }
}
