package io.nelumbo.publisher.pipeline;

import static io.nelumbo.publisher.pipeline.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.event.EventBatch;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Timestamps rise, and no clock makes the ledger older than it is (I4, I8). */
final class BatchTimeTest {

    private static final long SECOND_NS = 1_000_000_000;
    private static final long DAY_NS = 86_400 * SECOND_NS;
    private static final long START_NS = 20_000 * DAY_NS;

    private final SimulatedPipeline pipeline = new SimulatedPipeline(SimulatedPipeline.options());
    private int requests;

    @Test
    void shouldTakeTheFirstTimestampFromTheWallClock() {
        // when
        begin();

        // then
        assertThat(last().timestampNs()).isBetween(START_NS, START_NS + 10);
    }

    @Test
    void shouldNotJumpWhenTheClockIsSetADayAheadInAnEpoch_I4() {
        // given
        begin();
        final long beforeNs = last().timestampNs();

        // when
        pipeline.setWallClock(START_NS + DAY_NS);
        pipeline.letPass(SECOND_NS);
        publish();

        // then
        assertThat(last().timestampNs() - beforeNs).isBetween(SECOND_NS - 10, SECOND_NS + 10);
        assertThat(pipeline.replica.ledger().ageNs()).isLessThan(SECOND_NS + 10);
    }

    @Test
    void shouldNotCountTheJumpWhenALeadersClockIsADayAhead_I4() {
        // given
        begin();

        // when
        pipeline.lose(0);
        pipeline.setWallClock(START_NS + DAY_NS);
        pipeline.leadAndOpen();
        pipeline.letPass(SECOND_NS);
        publish();

        // then
        assertThat(last().timestampNs()).isGreaterThan(START_NS + DAY_NS);
        assertThat(pipeline.replica.ledger().ageNs()).isLessThan(SECOND_NS + 10);
    }

    @Test
    void shouldGoOnFromTheLogWhenALeadersClockIsADayBehind_I8() {
        // given
        begin();
        final long beforeNs = last().timestampNs();

        // when
        pipeline.lose(0);
        pipeline.setWallClock(START_NS - DAY_NS);
        pipeline.leadAndOpen();
        publish();
        final long firstNs = last().timestampNs();
        pipeline.letPass(SECOND_NS);
        publish();

        // then: it rises, and as fast as time
        assertThat(firstNs).isGreaterThan(beforeNs);
        assertThat(last().timestampNs() - firstNs).isBetween(SECOND_NS - 10, SECOND_NS + 10);
        assertThat(pipeline.replica.rejections()).isEmpty();
    }

    @Test
    void shouldBoundTheJumpWhenALeadersClockIsAbsurd() {
        // given
        begin();
        final long beforeNs = last().timestampNs();

        // when
        pipeline.lose(0);
        pipeline.setWallClock(Long.MAX_VALUE);
        pipeline.leadAndOpen();

        // then
        assertThat(last().timestampNs()).isEqualTo(beforeNs + BatchTime.MAX_JUMP_NS);
    }

    private void begin() {
        pipeline.setWallClock(START_NS);
        pipeline.leadAndOpen();
        pipeline.offer(Requests.open(0, 0));
        pipeline.runAll();
    }

    private void publish() {
        pipeline.publish(request(requests++, 0, "m"));
        pipeline.runAll();
    }

    private EventBatch last() {
        final List<EventBatch> all = pipeline.replica.journal();
        return all.get(all.size() - 1);
    }
}
