package io.nelumbo.statemachine.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of one leads without waiting for a leader: election timeouts last hours here. */
final class LoneMemberTest {

    private TestNode node;

    @BeforeEach
    void make(@TempDir final Path folder) throws IOException {
        final RaftMember member = TestCluster.members().get(0);
        node =
                new TestNode(
                        new RaftSettings(
                                TestPeers.A,
                                new ListenAddress(member.host(), member.port()),
                                RaftCluster.foundedBy(List.of(member)),
                                folder,
                                PromptClusterTest.HOURS,
                                RaftLimits.standard()));
    }

    @AfterEach
    void end() {
        node.abandon();
    }

    @Test
    void shouldLeadAtOnceOnANewFolder() throws IOException {
        node.start();

        Await.until("a leader", () -> node.raft().isLeading());
        assertThat(commitOne()).isPositive();
    }

    @Test
    void shouldLeadAtOnceAfterACrashAndHaveAppliedEverythingByThen_I5() throws IOException {
        // given
        node.start();
        Await.until("a leader", () -> node.raft().isLeading());
        final long index = commitOne();
        final long nextSequence = node.ledger.nextSequence();

        // when
        node.crash();
        node.start();

        // then
        Await.until("a leader", () -> node.raft().isLeading());
        assertThat(node.raft().status().appliedIndex()).isGreaterThan(index);
        assertThat(node.ledger.nextSequence()).isEqualTo(nextSequence);
        assertThat(node.journal.last().nextSequence()).isEqualTo(nextSequence);
    }

    private long commitOne() {
        final TestSequencer sequencer = new TestSequencer(node.raft(), node.ledger);
        TestCluster.expectCommitted(sequencer.openEpoch());
        TestCluster.expectCommitted(sequencer.openAccount());
        return TestCluster.expectCommitted(sequencer.message());
    }
}
