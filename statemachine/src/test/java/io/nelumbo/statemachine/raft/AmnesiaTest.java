package io.nelumbo.statemachine.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * I5: a member that lost its folder, and with it its votes and what it acknowledged, neither comes
 * back as if it were new nor helps anybody into office. All begin anew here, after a power cut, and
 * hear of no leader: elections time out after hours.
 */
final class AmnesiaTest {

    private TestCluster cluster;
    private TestNode first;
    private TestNode third;

    @BeforeEach
    void elect(@TempDir final Path folder) throws IOException {
        cluster = new TestCluster(folder, PromptClusterTest.HOURS, RaftLimits.standard());
        cluster.startAll();
        // They elect one because all are there and new; one more candidate could split the votes.
        first = cluster.leader();
        third = cluster.followers().get(1);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void shouldRefuseAMemberThatLostAllWhenTheOthersHaveJustStartedAndHearNobody()
            throws IOException {
        // given
        commitAndCutPower();

        // when
        first.start();

        // then
        assertThat(first.raft().leader()).isEmpty();
        assertThatThrownBy(third::start)
                .isInstanceOf(FolderRefused.class)
                .hasMessageContaining("another member has seen it");
    }

    @Test
    void shouldNotBeElectedByAMemberThatLostAllAndWasLetInBecauseNobodyWasThere()
            throws IOException {
        // given
        commitAndCutPower();
        third.start();
        first.start();
        assertThat(first.raft().status().commitIndex()).isEqualTo(first.journal.last().raftIndex());

        // when
        first.raft().standForElection();

        // then
        Await.until(
                "the end of the election", () -> !first.raft().status().role().equals("CANDIDATE"));
        assertThat(first.raft().status().role()).isEqualTo("FOLLOWER");
        assertThat(first.raft().leader()).isEmpty();
    }

    @Test
    void shouldRefuseAMemberThatLostNoMoreThanTheFoundingEntry() throws IOException {
        // given
        Await.until("a leader", first.raft()::isLeading);
        Await.until("the leader to have seen it", () -> hasSeen(first, third));
        third.abandon();

        // when
        loseAll(third);

        // then
        assertThat(first.raft().status().commitIndex()).isZero();
        assertThatThrownBy(third::start)
                .isInstanceOf(FolderRefused.class)
                .hasMessageContaining("another member has seen it");
    }

    private void commitAndCutPower() throws IOException {
        cluster.commit(1);
        cluster.nodes.forEach(cluster::awaitAtTheEnd);
        // Only the leader is told at once: the others hear of it with the next heartbeat.
        Await.until("the leader to have seen it", () -> hasSeen(first, third));
        cluster.close();
        for (final TestNode node : cluster.nodes) {
            // Whoever ends takes one, even if abandoned; a power cut leaves none.
            deleteSnapshots(node);
        }
        loseAll(third);
    }

    private static boolean hasSeen(final TestNode node, final TestNode other) {
        try {
            return SeenMembers.open(node.settings.folder()).contains(other.peerId());
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void deleteSnapshots(final TestNode node) throws IOException {
        try (Stream<Path> files = Files.list(node.settings.storageFolder().resolve("sm"))) {
            for (final Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private static void loseAll(final TestNode node) throws IOException {
        try (Stream<Path> files = Files.walk(node.settings.folder())) {
            for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        node.journal.keep(0);
    }
}
