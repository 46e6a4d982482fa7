package io.nelumbo.publisher.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The whole product in four processes of its own, with the leader killed under load. The report is
 * made of the journals and of what the chain received.
 */
final class DevnetIT {
    private static final long SEED = Long.getLong("nelumbo.seed", 1L);
    private static final int MESSAGES = 1_500;

    @RegisterExtension static final Workplace WORKPLACE = new Workplace();

    /**
     * I1: no gaps, no duplicates. I2: nothing rewritten. I4: a receipt's request id stands once, in
     * every journal. I5: no receipt is lost with the leader. I7: the journals are identical.
     */
    @Test
    void shouldKeepI1I2I4I5AndI7WhenTheLeaderIsKilledUnderLoad() throws Exception {
        System.out.println("nelumbo.seed = " + SEED);

        final Program.Ran ran = DevnetRun.of(WORKPLACE.folder("devnet"), MESSAGES, 4, 1, SEED);

        assertThat(ran.exitCode()).as("%s", ran).isZero();
        final JsonNode report = ran.json();
        assertThat(report.path("acknowledged").asInt()).isEqualTo(MESSAGES);
        assertThat(report.path("confirmed").asInt()).isEqualTo(MESSAGES);
        assertThat(report.path("failoverMs")).hasSize(1);
        for (final String wrong : List.of("duplicates", "gaps", "lost", "rewritten")) {
            assertThat(report.path(wrong).asInt(-1)).as(wrong).isZero();
        }
        assertThat(report.path("journalsIdentical").asBoolean()).isTrue();
        assertThat(report.path("findings")).isEmpty();
        assertThat(report.path("readyMs").asLong()).isPositive();
        assertThat(ran.err()).contains("ready after " + report.path("readyMs") + " ms");
    }
}
