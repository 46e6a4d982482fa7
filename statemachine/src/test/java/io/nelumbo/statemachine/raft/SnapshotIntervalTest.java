package io.nelumbo.statemachine.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SnapshotIntervalTest {

    private static final int EVERY_BYTES = 1000;
    private static final long SMALL_LEDGER = 10;

    private final SnapshotInterval interval = SnapshotInterval.every(EVERY_BYTES);

    @Test
    void shouldBeDueAfterSoManyBytesOfBatches() {
        assertThat(interval.isDueAfter(EVERY_BYTES - 1, SMALL_LEDGER)).isFalse();
        assertThat(interval.isDueAfter(1, SMALL_LEDGER)).isTrue();
    }

    @Test
    void shouldNotBeDueBeforeAsManyBytesWereAppliedAsTheSnapshotItselfWouldHave() {
        assertThat(interval.isDueAfter(EVERY_BYTES, EVERY_BYTES + 1)).isFalse();
        assertThat(interval.isDueAfter(1, EVERY_BYTES + 1)).isTrue();
    }

    @Test
    void shouldCountAnewFromTheMomentOfASnapshotOn() {
        // given
        interval.isDueAfter(EVERY_BYTES, SMALL_LEDGER);

        // when
        interval.begun();

        // then
        assertThat(interval.isDueAfter(EVERY_BYTES - 1, SMALL_LEDGER)).isFalse();
    }

    @Test
    void shouldCountAnewFromARestoredSnapshotOn() {
        // given
        interval.isDueAfter(EVERY_BYTES, SMALL_LEDGER);

        // when
        interval.restored();

        // then
        assertThat(interval.isDueAfter(EVERY_BYTES - 1, SMALL_LEDGER)).isFalse();
    }

    @Test
    void shouldHaveTheMembersOfAClusterTakeTurnsThoughAllApplyTheSame() {
        // given
        final RaftCluster cluster =
                RaftCluster.foundedBy(
                        List.of(
                                TestPeers.member(TestPeers.A, 1),
                                TestPeers.member(TestPeers.B, 2),
                                TestPeers.member(TestPeers.C, 3)));
        final long thirdBytes = RaftLimits.standard().snapshotEveryBytes() / 3;
        final List<Long> duePerMember = new ArrayList<>();

        // when
        for (final var peer : List.of(TestPeers.A, TestPeers.B, TestPeers.C)) {
            final SnapshotInterval own =
                    SnapshotInterval.of(RaftSettings.standard(peer, cluster, Path.of("unused")));
            own.restored();
            duePerMember.add(stepsUntilDue(own, (int) thirdBytes + 1));
        }

        // then
        assertThat(duePerMember).containsExactlyInAnyOrder(1L, 2L, 3L);
    }

    private static long stepsUntilDue(final SnapshotInterval interval, final int stepBytes) {
        long steps = 1;
        while (!interval.isDueAfter(stepBytes, SMALL_LEDGER)) {
            steps++;
        }
        return steps;
    }
}
