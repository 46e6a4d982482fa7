package io.nelumbo.statemachine.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TimeMarksTest {

    private static final long SECOND_NS = 1_000_000_000L;

    private final TimeMarks marks = new TimeMarks();

    @Test
    void shouldNeverNameASequenceThatIsTooHighWhenMarksAreSparse() {
        // given: 3 events each 10 ms, for more seconds than there are marks
        final long batches = 100L * 3 * TimeMarks.MAX_MARKS;
        for (long n = 0; n < batches; n++) {
            marks.note((n + 1) * SECOND_NS / 100, 3 * n);
        }

        // then: never too high, and too low by little
        for (long n = 0; n < batches; n += 997) {
            final long oldestAfter = 3 * (n + 1);
            final long named = marks.firstSequenceAfter((n + 1) * SECOND_NS / 100);
            assertThat(named).isLessThanOrEqualTo(oldestAfter);
            assertThat(oldestAfter - named).isLessThanOrEqualTo(3 * batches / 2048 + 3);
        }
    }

    @Test
    void shouldKnowNothingWhenTheTimeIsBeforeTheFirstMark() {
        marks.note(10 * SECOND_NS, 7);

        assertThat(marks.firstSequenceAfter(9 * SECOND_NS)).isZero();
        assertThat(marks.firstSequenceAfter(10 * SECOND_NS)).isEqualTo(7);
        assertThat(marks.firstSequenceAfter(Long.MAX_VALUE)).isEqualTo(7);
    }

    @Test
    void shouldKeepTheLastMarkBelowWhenMarksAreDropped() {
        for (int n = 1; n <= 10; n++) {
            marks.note(n * SECOND_NS, 10 * n);
        }

        marks.dropBefore(55);

        assertThat(marks.firstSequenceAfter(4 * SECOND_NS)).isZero();
        assertThat(marks.firstSequenceAfter(5 * SECOND_NS)).isEqualTo(50);
        assertThat(marks.firstSequenceAfter(6 * SECOND_NS)).isEqualTo(60);
        marks.dropBefore(1000);
        assertThat(marks.firstSequenceAfter(11 * SECOND_NS)).isEqualTo(100);
    }
}
