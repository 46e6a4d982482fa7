package io.nelumbo.statemachine.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.statemachine.raft.peerport.RefusedPeers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.ratis.client.RaftClient;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.retry.RetryPolicies;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.util.TimeDuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A node, or all of them, end at some step and come back: I5 and I7. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RestartTest {

    /** Each batch is one entry, and at most one more of Ratis's own, of the 20 that make one. */
    private static final int FEWER_THAN_MAKE_A_SNAPSHOT = 7;

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
        cluster.commit(5);
        final TestNode follower = cluster.followerAtTheEnd();
        follower.journal.force();
        final int forced = follower.journal.size();
        cluster.commit(5);
        cluster.awaitAtTheEnd(follower);

        // when
        follower.crash();
        assertThat(follower.journal.size()).isBetween(forced, forced + 5);
        follower.start();

        // then
        cluster.commit(1);
        cluster.expectIdenticalReplicas();
    }

    @Test
    void shouldReplayOverTheJournalWhenANodeDiesAfterForcing_I7() throws IOException {
        // given
        cluster.commit(10);
        final TestNode follower = cluster.followerAtTheEnd();
        follower.journal.force();
        final int forced = follower.journal.size();

        // when
        follower.crash();
        assertThat(follower.journal.size()).isEqualTo(forced);
        follower.start();

        // then
        cluster.commit(1);
        cluster.expectIdenticalReplicas();
    }

    @Test
    void shouldReplayExactlyWhatIsBehindTheSnapshotWhenANodeDiesAfterTakingOne_I7()
            throws IOException {
        // given
        cluster.commit(10);
        final TestNode follower = cluster.followerAtTheEnd();
        final long snapshot = takeSnapshot(follower);
        cluster.commit(FEWER_THAN_MAKE_A_SNAPSHOT);
        cluster.awaitAtTheEnd(follower);

        // when
        follower.crash();
        follower.start();

        // then
        cluster.commit(1);
        cluster.expectIdenticalReplicas();
        final List<Long> replayed =
                cluster.leader().listener.applied.stream()
                        .map(RecordingListener.Applied::raftIndex)
                        .filter(index -> index > snapshot)
                        .toList();
        Await.until(
                "the last batch told", () -> follower.listener.applied.size() >= replayed.size());
        assertThat(replayed).hasSizeGreaterThan(FEWER_THAN_MAKE_A_SNAPSHOT);
        assertThat(follower.listener.applied)
                .extracting(RecordingListener.Applied::raftIndex)
                .containsExactlyElementsOf(replayed);
    }

    /** At the node's last applied entry; returns its Raft index. */
    private static long takeSnapshot(final TestNode node) throws IOException {
        try (RaftClient operator =
                RaftClient.newBuilder()
                        .setProperties(RatisProperties.of(node.settings))
                        .setParameters(RaftStart.securityOf(node.settings, new RefusedPeers()))
                        .setRetryPolicy(
                                RetryPolicies.retryUpToMaximumCountWithFixedSleep(
                                        10, TimeDuration.ONE_SECOND))
                        .setRaftGroup(RaftStart.groupOf(node.settings))
                        .build()) {
            final long[] told = {RaftLog.INVALID_LOG_INDEX};
            Await.until("the snapshot", () -> (told[0] = takeSnapshot(operator, node)) >= 0);
            return told[0];
        }
    }

    private static long takeSnapshot(final RaftClient operator, final TestNode node) {
        try {
            final RaftClientReply reply =
                    operator.getSnapshotManagementApi(RaftPeerId.valueOf(node.peerId()))
                            .create(true, Await.DEADLINE.toMillis());
            assertThat(reply.isSuccess()).as("%s", reply).isTrue();
            return reply.getLogIndex();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldFetchJournalRecordsWhenTheJournalIsShorterThanTheSnapshot_I7() throws IOException {
        // given
        cluster.commit(50);
        final TestNode follower = cluster.followerAtTheEnd();
        follower.stop();

        // when
        follower.journal.keep(5);
        follower.start();

        // then
        cluster.commit(1);
        cluster.expectIdenticalReplicas();
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
        cluster.expectIdenticalReplicas();
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
        cluster.expectIdenticalReplicas();
    }
}
