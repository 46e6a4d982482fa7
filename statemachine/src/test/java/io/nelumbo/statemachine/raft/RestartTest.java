package io.nelumbo.statemachine.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A node, or all of them, end at some step and come back: I5 and I7. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RestartTest {

    private TestCluster cluster;

    @BeforeAll
    void open(@TempDir final Path folder) throws IOException {
        cluster = new TestCluster(folder, TestCluster.SMALL);
    }

    @BeforeEach
    void startAll() throws IOException {
        cluster.startAll();
    }

    @AfterAll
    void close() {
        cluster.close();
    }

    @Test
    void shouldRefillTheJournalFromTheLogWhenANodeDiesBeforeForcing_I7() throws IOException {
        // given
        final TestSequencer sequencer = cluster.commit(5);
        final TestNode follower = cluster.followerAt(sequencer);
        follower.journal.force();
        final int forced = follower.journal.size();
        cluster.commit(sequencer, 5);
        cluster.followerAt(sequencer);

        // when
        follower.crash();
        assertThat(follower.journal.size()).isBetween(forced, forced + 5);
        follower.start();

        // then
        cluster.commit(sequencer, 1);
        cluster.expectIdenticalReplicas(sequencer);
    }

    @Test
    void shouldReplayOverTheJournalWhenANodeDiesAfterForcing_I7() throws IOException {
        // given
        final TestSequencer sequencer = cluster.commit(10);
        final TestNode follower = cluster.followerAt(sequencer);
        follower.journal.force();
        final int forced = follower.journal.size();

        // when
        follower.crash();
        assertThat(follower.journal.size()).isEqualTo(forced);
        follower.start();

        // then
        cluster.commit(sequencer, 1);
        cluster.expectIdenticalReplicas(sequencer);
    }

    @Test
    void shouldGoOnFromTheSnapshotWhenANodeDiesAfterTakingOne_I7() throws IOException {
        // given
        final TestSequencer sequencer = cluster.openEpoch();
        final TestNode follower = cluster.followers().get(0);
        final int forcesBefore = follower.journal.forces();
        cluster.commit(sequencer, 50);
        Await.until("a snapshot", () -> follower.journal.forces() > forcesBefore);
        cluster.followerAt(sequencer);

        // when
        follower.crash();
        follower.start();

        // then
        cluster.commit(sequencer, 1);
        cluster.expectIdenticalReplicas(sequencer);
        assertThat(follower.listener.applied).hasSizeLessThan(follower.journal.size());
    }

    @Test
    void shouldFetchJournalRecordsWhenTheJournalIsShorterThanTheSnapshot_I7() throws IOException {
        // given
        final TestSequencer sequencer = cluster.commit(50);
        final TestNode follower = cluster.followerAt(sequencer);
        follower.stop();

        // when
        follower.journal.keep(5);
        follower.start();

        // then
        cluster.commit(sequencer, 1);
        cluster.expectIdenticalReplicas(sequencer);
    }

    @Test
    void shouldLoseNothingAcknowledgedWhenAllNodesDieAtOnce_I5() throws IOException {
        // given
        final TestSequencer before = cluster.commit(25);

        // when
        cluster.crashAll();
        cluster.startAll();

        // then: exactly what was acknowledged, and the epoch of the new leader
        final TestSequencer after = cluster.openEpoch();
        assertThat(after.nextNonce()).isEqualTo(before.nextNonce());
        assertThat(after.nextSequence()).isEqualTo(before.nextSequence() + 1);
        cluster.expectIdenticalReplicas(after);
    }

    @Test
    void shouldGoOnFromWhatClosingLeft_I7() throws IOException {
        // given
        final TestSequencer before = cluster.commit(5);

        // when
        cluster.stopAll();
        cluster.startAll();

        // then
        final TestSequencer after = cluster.commit(1);
        assertThat(after.nextNonce()).isEqualTo(before.nextNonce() + 1);
        cluster.expectIdenticalReplicas(after);
    }
}
