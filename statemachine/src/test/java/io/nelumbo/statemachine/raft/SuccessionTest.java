package io.nelumbo.statemachine.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who stands for election when the leader's process is gone, and who does not. */
final class SuccessionTest {

    private final FakeCluster cluster = new FakeCluster();
    private final Succession succession = new Succession(cluster);

    @AfterEach
    void close() {
        succession.close();
    }

    @Test
    void shouldStandAtOnceWhenTheLeaderIsGoneAndNobodyHasMore() throws Exception {
        // given
        cluster.heirs.add(new Succession.Heir("c", Optional.of(new LastEntry(1, 9))));

        // when
        succession.gone("leader");

        // then
        assertThat(cluster.stood.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(cluster.steps).containsExactly("refusing? leader", "others", "stood");
    }

    @Test
    void shouldLeaveALeaderAloneThatStillTakesConnections() throws Exception {
        // given
        cluster.refusing = false;

        // when
        succession.gone("leader");
        cluster.awaitSteps(1);
        succession.close();

        // then
        assertThat(cluster.steps).containsExactly("refusing? leader");
    }

    @Test
    void shouldNotEvenLookWhenSomebodyElseIsGone() {
        // when
        succession.gone("c");

        // then
        assertThat(cluster.steps).isEmpty();
    }

    @Test
    void shouldLetTheOneWithMoreGoFirstAndStandWhenNobodyHasWon() throws Exception {
        // given
        cluster.heirs.add(new Succession.Heir("c", Optional.of(new LastEntry(1, 11))));

        // when
        succession.gone("leader");

        // then: it is asked again whether the leader is still nobody else
        assertThat(cluster.stood.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldNotStandWhenAnotherWasElectedMeanwhile() throws Exception {
        // given
        cluster.heirs.add(new Succession.Heir("a", Optional.of(new LastEntry(1, 10))));
        cluster.afterOthers = () -> cluster.term = 2;

        // when
        succession.gone("leader");

        // then
        assertThat(cluster.stood.await(2 * Succession.SECOND_AFTER_MS, TimeUnit.MILLISECONDS))
                .isFalse();
    }

    @Test
    void shouldStandWhenTheOtherDoesNotAnswer() throws Exception {
        // given
        cluster.heirs.add(new Succession.Heir("a", Optional.empty()));

        // when
        succession.gone("leader");

        // then
        assertThat(cluster.stood.await(30, TimeUnit.SECONDS)).isTrue();
    }

    /** This node is "b", at entry (1, 10) in term 1. */
    private static final class FakeCluster implements Succession.Cluster {
        final List<String> steps = new CopyOnWriteArrayList<>();
        final List<Succession.Heir> heirs = new CopyOnWriteArrayList<>();
        final CountDownLatch stood = new CountDownLatch(1);
        boolean refusing = true;
        Runnable afterOthers = () -> {};
        volatile long term = 1;

        void awaitSteps(final int count) {
            Await.until("steps", () -> steps.size() >= count);
        }

        @Override
        public String self() {
            return "b";
        }

        @Override
        public boolean follows(final String leaderPeerId) {
            return leaderPeerId.equals("leader");
        }

        @Override
        public long term() {
            return term;
        }

        @Override
        public boolean isRefusing(final String peerId) {
            steps.add("refusing? " + peerId);
            return refusing;
        }

        @Override
        public LastEntry lastEntry() {
            return new LastEntry(1, 10);
        }

        @Override
        public Iterable<Succession.Heir> othersThan(final String leaderPeerId) {
            steps.add("others");
            afterOthers.run();
            return heirs;
        }

        @Override
        public void stand() {
            steps.add("stood");
            stood.countDown();
        }
    }
}
