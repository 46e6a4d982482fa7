package io.nelumbo.statemachine.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node, or all of them, end at some step and come back: I5 and I7. */
final class RestartTest {

    @TempDir Path folder;

    @Test
    void shouldRefillTheJournalFromTheLogWhenANodeDiesBeforeForcing_I7() throws IOException {
        try (TestCluster cluster = TestCluster.start(folder)) {
            // given
            final TestSequencer sequencer = cluster.openEpoch();
            cluster.commit(sequencer, 10);
            final TestNode follower = cluster.followers().get(0);
            Await.until("applied", () -> follower.ledger.nextSequence() == 12);

            // when
            follower.crash();
            assertThat(follower.journal.size()).isZero();
            follower.start();

            // then
            cluster.commit(sequencer, 1);
            cluster.expectIdenticalReplicas(13);
        }
    }

    @Test
    void shouldReplayOverTheJournalWhenANodeDiesAfterForcing_I7() throws IOException {
        try (TestCluster cluster = TestCluster.start(folder)) {
            // given
            final TestSequencer sequencer = cluster.openEpoch();
            cluster.commit(sequencer, 10);
            final TestNode follower = cluster.followers().get(0);
            Await.until("journaled", () -> follower.journal.last().nextSequence() == 12);
            follower.journal.force();

            // when
            follower.crash();
            assertThat(follower.journal.size()).isEqualTo(12);
            follower.start();

            // then
            cluster.commit(sequencer, 1);
            cluster.expectIdenticalReplicas(13);
        }
    }

    @Test
    void shouldGoOnFromTheSnapshotWhenANodeDiesAfterTakingOne_I7() throws IOException {
        try (TestCluster cluster = TestCluster.start(folder, TestCluster.SMALL)) {
            // given
            final TestSequencer sequencer = cluster.openEpoch();
            cluster.commit(sequencer, 50);
            final TestNode follower = cluster.followers().get(0);
            Await.until("a snapshot", () -> follower.journal.forces() > 1);
            Await.until("applied", () -> follower.ledger.nextSequence() == 52);

            // when
            follower.crash();
            follower.start();

            // then
            cluster.commit(sequencer, 1);
            cluster.expectIdenticalReplicas(53);
        }
    }

    @Test
    void shouldFetchJournalRecordsWhenTheJournalIsShorterThanTheSnapshot_I7() throws IOException {
        try (TestCluster cluster = TestCluster.start(folder, TestCluster.SMALL)) {
            // given
            final TestSequencer sequencer = cluster.openEpoch();
            cluster.commit(sequencer, 50);
            final TestNode follower = cluster.followers().get(0);
            Await.until("applied", () -> follower.ledger.nextSequence() == 52);
            follower.stop();

            // when
            follower.journal.keep(5);
            follower.start();

            // then
            cluster.commit(sequencer, 1);
            cluster.expectIdenticalReplicas(53);
        }
    }

    @Test
    void shouldLoseNothingAcknowledgedWhenAllNodesDieAtOnce_I5() throws IOException {
        try (TestCluster cluster = TestCluster.start(folder)) {
            // given
            cluster.commit(cluster.openEpoch(), 25);

            // when
            cluster.crashAll();
            cluster.startAll();

            // then: the same 27 events, and the epoch of the new leader
            final TestSequencer next = cluster.openEpoch();
            cluster.commit(next, 1);
            cluster.expectIdenticalReplicas(next.nextSequence());
            assertThat(cluster.nodes.get(0).ledger.nextNonce(0)).isEqualTo(26);
        }
    }

    @Test
    void shouldRestartCleanlyFromWhatClosingLeft_I7() throws IOException {
        try (TestCluster cluster = TestCluster.start(folder)) {
            // given
            cluster.commit(cluster.openEpoch(), 5);

            // when
            cluster.stopAll();
            cluster.startAll();

            // then
            final TestSequencer next = cluster.openEpoch();
            cluster.expectIdenticalReplicas(next.nextSequence());
        }
    }
}
