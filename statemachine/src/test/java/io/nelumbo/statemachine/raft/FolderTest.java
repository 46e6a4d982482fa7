package io.nelumbo.statemachine.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelumbo.statemachine.identity.PeerIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On which folders a node may run, and on which it would break Raft's promises. */
final class FolderTest {

    private static final RaftCluster CLUSTER =
            RaftCluster.foundedBy(
                    List.of(TestPeers.member(TestPeers.A, 1), TestPeers.member(TestPeers.B, 2)));

    @TempDir Path folder;

    @Test
    void shouldFormatAnEmptyFolderOnceAndRecognizeItAfter() throws IOException {
        // when
        open(TestPeers.A, false, false);
        Files.writeString(storage().resolve("current").resolve("log_inprogress_0"), "kept");
        open(TestPeers.A, true, true);

        // then
        assertThat(MembershipMarker.read(folder))
                .contains(new MembershipMarker(TestPeers.id(TestPeers.A), CLUSTER.id(), true));
        assertThat(storage().resolve("current").resolve("log_inprogress_0")).hasContent("kept");
    }

    @Test
    void shouldRefuseTheFolderOfAnotherNode() throws IOException {
        // given
        open(TestPeers.B, false, false);

        // when, then
        assertThatThrownBy(() -> open(TestPeers.A, false, false))
                .isInstanceOf(FolderRefused.class)
                .hasMessageContaining("belongs to " + TestPeers.id(TestPeers.B));
    }

    @Test
    void shouldRefuseTheFolderOfAnotherCluster() throws IOException {
        // given
        new MembershipMarker(TestPeers.id(TestPeers.A), UUID.randomUUID(), true).write(folder);

        // when, then
        assertThatThrownBy(() -> open(TestPeers.A, false, false))
                .isInstanceOf(FolderRefused.class)
                .hasMessageContaining("belongs to cluster");
    }

    @Test
    void shouldRefuseAKnownMemberWhoseStorageIsGone() throws IOException {
        // given
        open(TestPeers.A, false, false);
        delete(storage());

        // when, then
        assertThatThrownBy(() -> open(TestPeers.A, false, false))
                .isInstanceOf(FolderRefused.class)
                .hasMessageContaining("the marker in");
    }

    @Test
    void shouldRefuseAnEmptyFolderWhenTheJournalHasRecords() {
        assertThatThrownBy(() -> open(TestPeers.A, true, false))
                .isInstanceOf(FolderRefused.class)
                .hasMessageContaining("its journal holds records");
    }

    @Test
    void shouldRefuseAnEmptyFolderWhenTheOthersHaveSeenThisMember() {
        assertThatThrownBy(() -> open(TestPeers.A, false, true))
                .isInstanceOf(FolderRefused.class)
                .hasMessageContaining("another member has seen it");
    }

    @Test
    void shouldRefuseStorageWithoutAMarker() throws IOException {
        // given
        open(TestPeers.A, false, false);
        Files.delete(folder.resolve("member"));

        // when, then
        assertThatThrownBy(() -> open(TestPeers.A, false, false))
                .isInstanceOf(FolderRefused.class)
                .hasMessageContaining("found none");
    }

    @Test
    void shouldRefuseAMarkerThatItCannotRead() throws IOException {
        // given
        Files.writeString(folder.resolve("member"), "something else\n");

        // when, then
        assertThatThrownBy(() -> open(TestPeers.A, false, false))
                .isInstanceOf(FolderRefused.class)
                .hasMessageContaining("something else");
    }

    @Test
    void shouldFormatAnewWhenItDiedWhileFormatting() throws IOException {
        // given
        new MembershipMarker(TestPeers.id(TestPeers.A), CLUSTER.id(), false).write(folder);
        Files.createDirectories(storage().resolve("current"));

        // when
        open(TestPeers.A, false, false);

        // then
        assertThat(storage().resolve("current").resolve("raft-meta")).exists();
    }

    @Test
    void shouldRefuseASecondNodeOnTheSameFolder() throws IOException {
        try (FolderLock held = FolderLock.acquire(folder)) {
            assertThat(held).isNotNull();
            assertThatThrownBy(() -> FolderLock.acquire(folder))
                    .isInstanceOf(FolderRefused.class)
                    .hasMessageContaining("another node is running");
        }
        assertThatCode(() -> FolderLock.acquire(folder).close()).doesNotThrowAnyException();
    }

    @Test
    void shouldRememberTheMembersSeen() throws IOException {
        // given
        final SeenMembers seen = SeenMembers.open(folder);
        assertThat(seen.contains(TestPeers.id(TestPeers.A))).isFalse();

        // when
        seen.note(List.of(TestPeers.id(TestPeers.A)));
        seen.note(List.of(TestPeers.id(TestPeers.B)));

        // then
        final SeenMembers reopened = SeenMembers.open(folder);
        assertThat(reopened.contains(TestPeers.id(TestPeers.A))).isTrue();
        assertThat(reopened.contains(TestPeers.id(TestPeers.B))).isTrue();
        assertThat(reopened.contains(TestPeers.id(TestPeers.C))).isFalse();
    }

    @Test
    void shouldRefuseAMemberThatComesBackToTheClusterWithNothing(@TempDir final Path cluster)
            throws IOException {
        try (TestCluster running = TestCluster.start(cluster)) {
            // given
            running.commit(3);
            final TestNode node = running.followerAtTheEnd();
            Await.until(
                    "the others to have seen it",
                    () ->
                            running.nodes.stream()
                                    .filter(other -> other != node)
                                    .allMatch(other -> hasSeen(other, node.peerId())));
            node.stop();

            // when
            delete(node.settings.folder());
            node.journal.keep(0);

            // then
            assertThatThrownBy(node::start)
                    .isInstanceOf(FolderRefused.class)
                    .hasMessageContaining("another member has seen it");
        }
    }

    @Test
    void shouldSayWhatIsWrongWhenThePortIsTaken(@TempDir final Path cluster) throws IOException {
        final TestCluster idle = new TestCluster(cluster, RaftLimits.standard());
        final TestNode node = idle.nodes.get(0);
        try (java.net.ServerSocket taken =
                new java.net.ServerSocket(
                        node.settings.self().port(),
                        1,
                        java.net.InetAddress.getLoopbackAddress())) {
            assertThat(taken.isBound()).isTrue();
            assertThatThrownBy(node::start)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(node.settings.listen().toString());
        }
        node.start();
        node.stop();
    }

    private void open(
            final PeerIdentity peer, final boolean journalHolds, final boolean othersKnowUs)
            throws IOException {
        new RaftFolder(RaftSettings.standard(peer, CLUSTER, folder))
                .open(journalHolds, () -> othersKnowUs);
    }

    private Path storage() {
        return folder.resolve(CLUSTER.id().toString());
    }

    private static boolean hasSeen(final TestNode node, final String peerId) {
        try {
            return SeenMembers.open(node.settings.folder()).contains(peerId);
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void delete(final Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
