package io.nelumbo.statemachine.raft;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelumbo.statemachine.raft.peerport.RefusedPeers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.exceptions.NotLeaderException;
import org.apache.ratis.protocol.exceptions.TimeoutIOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Who leads, how it ends, and how the others reach the leader. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LeadershipTest {

    private TestCluster cluster;

    @BeforeAll
    void open(@TempDir final Path folder) throws IOException {
        cluster = new TestCluster(folder, RaftLimits.standard());
    }

    @BeforeEach
    void startAll() throws IOException {
        cluster.startAll();
        cluster.nodes.forEach(node -> node.listener.onCall = RecordingListener.ECHO);
    }

    @AfterAll
    void close() {
        cluster.close();
    }

    @Test
    void shouldTellOfLosingAndWinningWhenTheLeaderStepsDown() throws Exception {
        // given
        final TestSequencer old = cluster.openEpoch();
        final TestNode leader = cluster.leader();
        final int lostBefore = leader.listener.lost;

        // when
        leader.raft().stepDown().toCompletableFuture().get(60, TimeUnit.SECONDS);

        // then
        Await.until("lost", () -> leader.listener.lost > lostBefore);
        final TestSequencer next = cluster.openEpoch();
        assertThat(next.term()).isGreaterThan(old.term());
        Await.until(
                "all to know the leader",
                () ->
                        cluster.nodes.stream()
                                .allMatch(
                                        node ->
                                                node.listener.leaders.contains(
                                                        cluster.leader().peerId())));

        // and the old epoch is over, whoever still submits in it
        assertThat(TestCluster.outcomeOf(old.message())).isInstanceOf(SubmitOutcome.Refused.class);
    }

    @Test
    void shouldFailPendingSubmitsAsUnknownWhenTheMajorityIsGone() throws IOException {
        // given
        final TestSequencer sequencer = cluster.openEpoch();
        final TestNode leader = cluster.leader();
        cluster.followers().forEach(TestNode::stop);

        // when
        final SubmitOutcome outcome = TestCluster.outcomeOf(sequencer.message());

        // then: appended, so it may commit yet; or the leader had stepped down before
        assertThat(outcome)
                .isInstanceOfAny(SubmitOutcome.Unknown.class, SubmitOutcome.Refused.class);
        Await.until("lost", () -> leader.listener.lost > 0);
        Await.until("nobody leads", () -> leader.raft().leader().isEmpty());
        Await.until(
                "nobody announced",
                () -> leader.listener.leaders.get(leader.listener.leaders.size() - 1).isEmpty());
        assertThat(leader.raft().isLeading()).isFalse();
    }

    @Test
    void shouldAnswerCallsToTheLeaderFromEveryNode() throws IOException {
        // given
        final TestNode leader = cluster.leader();
        leader.listener.onCall =
                request ->
                        CompletableFuture.completedFuture(
                                ("heard " + new String(request, UTF_8)).getBytes(UTF_8));

        for (final TestNode node : cluster.nodes) {
            // when
            final byte[] answer = node.raft().callLeader("hello".getBytes(UTF_8)).join();

            // then
            assertThat(new String(answer, UTF_8)).isEqualTo("heard hello");
        }
    }

    @Test
    void shouldCarryTheReasonBackWhenACallFailsAtTheLeader() throws IOException {
        // given
        cluster.leader().listener.onCall =
                request ->
                        CompletableFuture.failedFuture(
                                new IllegalStateException("the outbox is full"));

        for (final TestNode node : cluster.nodes) {
            // when, then
            assertThatThrownBy(() -> node.raft().callLeader(new byte[] {1}).join())
                    .hasRootCauseInstanceOf(LeaderCallFailed.class)
                    .hasRootCauseMessage("the outbox is full");
        }
    }

    @Test
    void shouldReachTheNewLeaderWhenTheOldOneGoesAway() throws IOException {
        // given
        final TestNode old = cluster.leader();
        final TestNode follower = cluster.followers().get(0);
        follower.raft().callLeader(new byte[] {1}).join();

        // when
        old.stop();

        // then
        assertThat(follower.raft().callLeader(new byte[] {2}).join()).containsExactly(2);
    }

    @Test
    void shouldReportTheLeaderUnavailableWithinTheBoundWhenThereIsNone(@TempDir final Path folder)
            throws IOException {
        final RaftTimeouts impatient =
                TestCluster.FAST.withLeaderCall(Duration.ofSeconds(2), Duration.ofSeconds(1));
        try (TestCluster lonely = new TestCluster(folder, impatient, RaftLimits.standard())) {
            // given
            final TestNode alone = lonely.nodes.get(0);
            alone.start();

            // when, then
            final CompletableFuture<byte[]> call = alone.raft().callLeader(new byte[] {1});
            assertThatThrownBy(() -> call.get(30, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(LeaderUnavailable.class);
        }
    }

    @Test
    void shouldWaitForAPeerNoLongerThanTheNetworkBound() throws IOException {
        // given
        final RaftSettings of = cluster.followers().get(0).settings;
        final RaftSettings hasty =
                new RaftSettings(
                        of.identity(),
                        of.listen(),
                        of.cluster(),
                        of.folder(),
                        of.timeouts().withNetworkBound(Duration.ofMillis(300)),
                        of.limits());
        cluster.leader().listener.onCall = request -> new CompletableFuture<>();
        try (PeerLink link =
                new PeerLink(
                        hasty,
                        RaftStart.groupOf(hasty),
                        RaftStart.securityOf(hasty, new RefusedPeers()))) {
            // when
            final CompletableFuture<Message> call =
                    link.send(RaftPeerId.valueOf(cluster.leader().peerId()), new byte[] {1});

            // then: well before the five seconds that an attempt has otherwise
            assertThatThrownBy(() -> call.get(4, TimeUnit.SECONDS))
                    .hasRootCauseInstanceOf(TimeoutIOException.class);
        }
    }

    @Test
    void shouldGoOnCallingAPeerThatOnceSaidThatItDoesNotLead() throws IOException {
        // given: Ratis ends the stream to a peer with such an answer
        final RaftSettings settings = cluster.leader().settings;
        final RaftPeerId follower = RaftPeerId.valueOf(cluster.followers().get(0).peerId());
        try (PeerLink link =
                new PeerLink(
                        settings,
                        RaftStart.groupOf(settings),
                        RaftStart.securityOf(settings, new RefusedPeers()))) {
            for (int answers = 0; answers < 3; answers++) {
                // when, then: and the next call brings one again, not only the first
                Await.until("told again", () -> saysItDoesNotLead(link, follower));
            }
        }
    }

    private static boolean saysItDoesNotLead(final PeerLink link, final RaftPeerId peer) {
        return link.send(peer, new byte[] {1})
                .handle((answer, failure) -> Causes.rootOf(failure) instanceof NotLeaderException)
                .join();
    }

    @Test
    void shouldReportHowEachNodeStands() throws IOException {
        // given
        cluster.commit(3);
        final TestNode leader = cluster.leader();

        // when
        Await.until(
                "every member's commit index",
                () ->
                        leader.raft().status().members().stream()
                                .allMatch(member -> member.commitIndex() > 3));
        final RaftStatus status = leader.raft().status();

        // then
        assertThat(status.role()).isEqualTo("LEADER");
        assertThat(status.ready()).isTrue();
        assertThat(status.leader()).isEqualTo(leader.peerId());
        assertThat(status.term()).isEqualTo(leader.raft().term());
        assertThat(status.appliedIndex()).isLessThanOrEqualTo(status.commitIndex());
        assertThat(status.members())
                .extracting(RaftStatus.Member::peerId)
                .containsExactlyInAnyOrderElementsOf(
                        TestPeers.ALL.stream().map(TestPeers::id).toList());
    }
}
