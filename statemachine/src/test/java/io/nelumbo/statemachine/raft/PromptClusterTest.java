package io.nelumbo.statemachine.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What happens without waiting for a clock: elections time out and heartbeats come only after
 * hours, far behind the deadline of any wait here.
 */
final class PromptClusterTest {

    static final RaftTimeouts HOURS =
            new RaftTimeouts(
                    Duration.ofHours(2),
                    Duration.ofHours(3),
                    TestCluster.FAST.leaderCall(),
                    TestCluster.FAST.leaderCallAttempt(),
                    TestCluster.FAST.retryCacheExpiry(),
                    TestCluster.FAST.journalRepair(),
                    TestCluster.FAST.peerAnswer());

    private TestCluster cluster;

    @BeforeEach
    void elect(@TempDir final Path folder) throws IOException {
        cluster = new TestCluster(folder, HOURS, RaftLimits.standard());
        cluster.startAll();
        // They elect one because all are there and new; one more candidate could split the votes.
        cluster.leader();
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void shouldApplyEverywhereWithoutWaitingForAHeartbeat_I7() {
        // given
        final TestSequencer sequencer = cluster.openEpoch();
        final long before = cluster.leader().raft().status().appliedIndex();

        // when
        final long index = TestCluster.expectCommitted(sequencer.message());

        // then: and no entry in between that only says so
        assertThat(index).isEqualTo(before + 1);
        Await.until(
                "the message on each node",
                () ->
                        cluster.nodes.stream()
                                .allMatch(
                                        n -> n.ledger.nextSequence() == sequencer.nextSequence()));
    }

    @Test
    void shouldApplyTheLastOfManyInARowEverywhereWithoutWaitingForAHeartbeat_I7() {
        // given
        final TestSequencer sequencer = cluster.openEpoch();

        // when: faster than the followers are told
        for (int n = 0; n < 30; n++) {
            TestCluster.expectCommitted(sequencer.message());
        }

        // then
        Await.until(
                "the last message on each node",
                () ->
                        cluster.nodes.stream()
                                .allMatch(
                                        n -> n.ledger.nextSequence() == sequencer.nextSequence()));
    }

    @Test
    void shouldHaveAnotherLeaderWithoutWaitingForATimeoutWhenTheLeaderDies() {
        // given
        final TestNode old = cluster.leader();
        TestCluster.expectCommitted(cluster.openEpoch().message());

        // when
        old.abandon();

        // then
        final TestSequencer next = cluster.openEpoch();
        TestCluster.expectCommitted(next.message());
        assertThat(cluster.leader()).isNotSameAs(old);
    }
}
