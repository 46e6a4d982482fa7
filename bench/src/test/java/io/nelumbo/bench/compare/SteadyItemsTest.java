package io.nelumbo.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.bench.cluster.MemberTerm;
import io.nelumbo.publisher.load.LoadResult;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whether members that nobody killed have voted. */
class SteadyItemsTest {

    private static final MemberTerm FIRST = new MemberTerm(1, 1);

    private final List<LoadResult> loads =
            List.of(Results.of(1_000, 2_000), Results.of(3_000, 50_000));

    @Test
    void shouldReachTheGoalOnlyWithoutAnyElection() {
        assertThat(elections(0).reached()).isTrue();
        assertThat(elections(1).reached()).isFalse();
    }

    @Test
    void shouldTellTheLongestWaitOfAllLoads() {
        final Item wait = SteadyItems.items(FIRST, FIRST, loads, 2).get(1);

        assertThat(wait.figure().median()).isBetween(0.49, 0.51);
        assertThat(wait.reason())
                .contains("2,000 messages/s")
                .contains("0 not acknowledged, 0 epochs opened");
    }

    @Test
    void shouldJudgeNothingWhenItWasCutShort() {
        final Item cut = SteadyItems.items(FIRST, FIRST, loads, 20).get(0);

        assertThat(cut.reached()).isNull();
        assertThat(cut.reason()).startsWith("the disk is too full for more: 0 in 0.03 min");
    }

    private Item elections(final long count) {
        return SteadyItems.items(FIRST, new MemberTerm(1 + count, 1), loads, 2).get(0);
    }
}
