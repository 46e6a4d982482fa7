package io.nelumbo.statemachine.raft;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelumbo.statemachine.raft.peerport.RefusedPeers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.agrona.concurrent.UnsafeBuffer;
import org.apache.ratis.client.RaftClient;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.exceptions.StateMachineException;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is submitted on the leader happens on every node, in order, or nowhere. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReplicationTest {

    private TestCluster cluster;

    @BeforeAll
    void start(@TempDir final Path folder) throws IOException {
        cluster = TestCluster.start(folder, TestCluster.SMALL);
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @Test
    void shouldKeepReplicasIdenticalAndLogOrderSubmitOrderWithManyInFlight_I7() throws IOException {
        // given
        final TestSequencer sequencer = cluster.openEpoch();

        // when
        final List<CompletableFuture<SubmitOutcome>> inFlight = new ArrayList<>();
        for (int n = 0; n < 200; n++) {
            inFlight.add(sequencer.messages(1 + n % 3));
        }

        // then
        inFlight.forEach(TestCluster::expectCommitted);
        assertThat(inFlight.stream().map(ReplicationTest::indexOf).toList())
                .isSortedAccordingTo(Comparator.naturalOrder())
                .doesNotHaveDuplicates();
        cluster.expectIdenticalReplicas();
    }

    @Test
    void shouldRejectABatchOfAnotherEpochOnEveryNode_I6() throws IOException {
        // given
        final TestSequencer sequencer = cluster.openEpoch();

        // when
        final byte[] stale =
                sequencer.batch(sequencer.term() - 1, List.of(TestSequencer.message(0)));
        TestCluster.expectCommitted(sequencer.submit(stale));
        cluster.commit(1);

        // then
        cluster.expectIdenticalReplicas();
        for (final TestNode node : cluster.nodes) {
            assertThat(node.listener.rejected())
                    .as("rejected by %s", node.peerId())
                    .isEqualTo(cluster.leader().listener.rejected())
                    .isNotEmpty();
        }
    }

    @Test
    void shouldRejectBytesThatAreNoBatchOnEveryNode_I6() throws IOException {
        // given
        final TestSequencer sequencer = cluster.openEpoch();

        // when
        final long index =
                TestCluster.expectCommitted(sequencer.submit("no batch".getBytes(UTF_8)));
        cluster.commit(1);

        // then
        cluster.expectIdenticalReplicas();
        for (final TestNode node : cluster.nodes) {
            assertThat(node.listener.malformed).as("told by %s", node.peerId()).contains(index);
        }
    }

    @Test
    void shouldRefuseASubmitWhereAndWhenThisNodeDoesNotLead() throws IOException {
        // given
        final TestSequencer sequencer = cluster.openEpoch();
        final byte[] batch = sequencer.batch(sequencer.term(), List.of(TestSequencer.message(0)));

        // when
        final SubmitOutcome onFollower =
                submit(cluster.followers().get(0), sequencer.term(), batch);
        final SubmitOutcome inAnotherTerm = submit(cluster.leader(), sequencer.term() - 1, batch);

        // then
        assertThat(onFollower).isInstanceOf(SubmitOutcome.Refused.class);
        assertThat(inAnotherTerm).isInstanceOf(SubmitOutcome.Refused.class);
        cluster.expectIdenticalReplicas();
    }

    @Test
    void shouldRefuseAnOversizedBatchAndStayLeader() throws IOException {
        // given
        final TestSequencer sequencer = cluster.openEpoch();

        // when
        final SubmitOutcome outcome =
                submit(
                        cluster.leader(),
                        sequencer.term(),
                        new byte[TestCluster.SMALL.maxBatchBytes() + 1]);

        // then
        assertThat(outcome).isInstanceOf(SubmitOutcome.Refused.class);
        TestCluster.expectCommitted(sequencer.submit(new byte[TestCluster.SMALL.maxBatchBytes()]));
        cluster.commit(1);
    }

    @Test
    void shouldRefuseTheWritesOfStrangers_I12() throws IOException {
        // given
        final TestSequencer sequencer = cluster.openEpoch();
        final byte[] batch = sequencer.batch(sequencer.term(), List.of(TestSequencer.message(0)));

        // when, then
        assertThatThrownBy(() -> writeAsStranger(batch))
                .isInstanceOf(StateMachineException.class)
                .hasMessageContaining("expected a write of the leader's own pipeline");
        cluster.commit(1);
        cluster.expectIdenticalReplicas();
    }

    private void writeAsStranger(final byte[] batch) throws IOException {
        final RaftSettings settings = cluster.leader().settings;
        try (RaftClient stranger =
                RaftClient.newBuilder()
                        .setProperties(RatisProperties.of(settings))
                        .setParameters(RaftStart.securityOf(settings, new RefusedPeers()))
                        .setRaftGroup(RaftStart.groupOf(settings))
                        .build()) {
            stranger.io().send(Message.valueOf(ByteString.copyFrom(batch)));
        }
    }

    private static SubmitOutcome submit(final TestNode node, final long term, final byte[] batch) {
        return node.raft()
                .replicator()
                .submit(term, new UnsafeBuffer(batch), 0, batch.length)
                .toCompletableFuture()
                .join();
    }

    private static long indexOf(final CompletableFuture<SubmitOutcome> outcome) {
        return ((SubmitOutcome.Committed) outcome.join()).raftIndex();
    }
}
