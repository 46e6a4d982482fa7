package io.nelumbo.publisher.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.event.RequestId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The table of request ids between the sequencer and their answers. */
final class InFlightRequestsTest {

    @Test
    void shouldHaveNoRoomUntilTheOldestIsSettled() {
        // given
        final InFlightRequests requests = new InFlightRequests(2);
        final PendingRequest oldest = request(1);
        requests.add(oldest);
        final PendingRequest second = request(2);
        requests.add(second);

        // when
        second.notSubmitted();

        // then
        assertThat(requests.hasRoom()).isFalse();
        oldest.notSubmitted();
        assertThat(requests.hasRoom()).isTrue();
        assertThat(requests.size()).isZero();
    }

    @Test
    void shouldKeepTheLaterOfTwoRequestsWithOneIdWhenTheFirstLeaves() {
        // given
        final InFlightRequests requests = new InFlightRequests(8);
        final PendingRequest failed = request(1);
        requests.add(failed);
        failed.notSubmitted();
        final PendingRequest again = request(1);
        requests.add(again);

        // when
        assertThat(requests.hasRoom()).isTrue();

        // then
        assertThat(requests.find(0, 1)).isSameAs(again);
    }

    /** Against a map, in a table so small that most ids collide. */
    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void shouldFindExactlyWhatIsInFlightI4(@ForAll final long seed) {
        final Random random = new Random(seed);
        final InFlightRequests requests = new InFlightRequests(12);
        final Map<Long, PendingRequest> model = new HashMap<>();
        final List<PendingRequest> unsettled = new ArrayList<>();
        for (int n = 0; n < 300; n++) {
            final long id = random.nextInt(40);
            final PendingRequest known = model.get(id);
            if (random.nextBoolean()
                    && requests.hasRoom()
                    && (known == null || known.isSettled())) {
                final PendingRequest request = request(id);
                requests.add(request);
                model.put(id, request);
                unsettled.add(request);
            } else if (!unsettled.isEmpty()) {
                unsettled.remove(random.nextInt(unsettled.size())).notSubmitted();
            }
            for (long each = 0; each < 40; each++) {
                final PendingRequest found = requests.find(0, each);
                final PendingRequest expected = model.get(each);
                if (expected != null && !expected.isSettled()) {
                    assertThat(found).as("id %d", each).isSameAs(expected);
                } else if (found != null) {
                    assertThat(found.isSettled()).as("id %d", each).isTrue();
                }
            }
        }
    }

    private static PendingRequest request(final long id) {
        return new PendingRequest(
                new PublishRequest(
                        new RequestId(0, id),
                        new byte[32],
                        new byte[8],
                        0,
                        TestDraft.of(0, "m" + id)));
    }
}
