package io.nelumbo.statemachine.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.JournalPosition;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ForcePaceTest {

    private final ForcePace pace = new ForcePace(Duration.ofSeconds(1));

    @Test
    void shouldForceAtOnceWhenMuchIsNew() {
        assertThat(pace.isDue(at(7, 100), at(8, 100 + ForcePace.MUCH_EVENTS))).isTrue();
    }

    @Test
    void shouldForceAfterTheIntervalWhenLittleIsNew() {
        // given
        final long looks = Duration.ofSeconds(1).dividedBy(pace.lookEvery());

        // when
        for (long look = 1; look < looks; look++) {
            assertThat(pace.isDue(at(7, 100), at(8, 101))).as("look " + look).isFalse();
        }

        // then
        assertThat(pace.isDue(at(7, 100), at(8, 101))).isTrue();
    }

    @Test
    void shouldBeginTheIntervalAnewWhenForcedEarly() {
        // given
        assertThat(pace.isDue(at(7, 100), at(8, 101))).isFalse();
        assertThat(pace.isDue(at(7, 100), at(9, 100 + ForcePace.MUCH_EVENTS))).isTrue();

        // when
        final long looks = Duration.ofSeconds(1).dividedBy(pace.lookEvery());
        for (long look = 1; look < looks; look++) {
            assertThat(pace.isDue(at(9, 5000), at(10, 5001))).as("look " + look).isFalse();
        }

        // then
        assertThat(pace.isDue(at(9, 5000), at(10, 5001))).isTrue();
    }

    @Test
    void shouldNotForceWhenNothingIsNew() {
        final ForcePace each = new ForcePace(Duration.ofMillis(20));

        assertThat(each.isDue(at(7, 100), at(7, 100))).isFalse();
    }

    @Test
    void shouldLookAtLeastOnceInAnInterval() {
        assertThat(new ForcePace(Duration.ofMillis(1)).lookEvery()).isEqualTo(Duration.ofMillis(1));
        assertThat(new ForcePace(Duration.ofMillis(130)).lookEvery())
                .isEqualTo(Duration.ofMillis(65));
    }

    private static JournalPosition at(final long raftIndex, final long nextSequence) {
        return new JournalPosition(1, raftIndex, nextSequence, 1, new byte[32]);
    }
}
