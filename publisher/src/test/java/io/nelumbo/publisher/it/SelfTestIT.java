package io.nelumbo.publisher.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A cluster within one process, and what it leaves for the processes after it. */
final class SelfTestIT {

    /** I1, I2, I4, I5 and I7, as far as they show while nothing dies. */
    @Test
    void shouldReportThatNothingWasLostOrDoubled() {
        final Program.Ran ran = Program.SELF_TEST.ran();

        assertThat(ran.exitCode()).as("%s", ran).isZero();
        final JsonNode report = ran.json();
        assertThat(report.path("acknowledged").asInt()).isPositive();
        assertThat(report.path("confirmed")).isEqualTo(report.path("acknowledged"));
        for (final String wrong : List.of("duplicates", "gaps", "lost", "rewritten")) {
            assertThat(report.path(wrong).asInt(-1)).as(wrong).isZero();
        }
        assertThat(report.path("journalsIdentical").asBoolean()).isTrue();
    }

    @Test
    void shouldLeaveItsClassesToTheProcessesAfterIt() {
        assertThat(Program.SELF_TEST.archive()).isRegularFile();
        assertThat(Program.COMMAND)
                .contains("-XX:SharedArchiveFile=" + Program.SELF_TEST.archive());
    }
}
