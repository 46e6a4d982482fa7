package io.nelumbo.statemachine.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelumbo.statemachine.identity.PeerIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Raft data are never lost by a reset, and never make a member vote anew. */
final class RaftResetTest {

    private static final RaftMember SELF = TestPeers.member(TestPeers.A, 1);
    private static final RaftCluster ALONE = RaftCluster.foundedBy(List.of(SELF));
    private static final RaftCluster CLUSTER =
            RaftCluster.foundedBy(List.of(SELF, TestPeers.member(TestPeers.B, 2)));

    @TempDir Path root;

    @Test
    void shouldNotLetAMemberStartWithoutItsVotesWhoeverIsThere() throws IOException {
        // given
        form(TestPeers.A, CLUSTER, "first");

        // when
        final RaftReset.Done done = reset(CLUSTER, 6).reset();

        // then
        assertThat(done.mayBeginAnew()).isFalse();
        assertThat(done.backup()).isEqualTo(root.resolve("raft.bak.0"));
        assertThat(done.backup().resolve("log")).hasContent("first");
        assertThatThrownBy(() -> open(CLUSTER))
                .isInstanceOf(FolderRefused.class)
                .hasMessageContaining("must not vote again");
    }

    /** The moment between the two steps of a reset: neither journal nor peers need to be asked. */
    @Test
    void shouldNotLetAMemberStartWhenAResetDiedBeforeItsMarker() throws IOException {
        // given
        form(TestPeers.A, CLUSTER, "first");
        new BackupRotation(folder(), 6).moveAside();

        // when, then
        assertThatThrownBy(() -> open(CLUSTER))
                .isInstanceOf(FolderRefused.class)
                .hasMessageContaining("a reset moved it to " + root.resolve("raft.bak.0"))
                .hasMessageContaining("must not vote again");

        // and the way back is open
        reset(CLUSTER, 6).undo();
        open(CLUSTER);
        assertThat(folder().resolve("log")).hasContent("first");
    }

    @Test
    void shouldPutTheDataBackAsTheyWere() throws IOException {
        // given
        form(TestPeers.A, CLUSTER, "first");
        reset(CLUSTER, 6).reset();

        // when
        reset(CLUSTER, 6).undo();

        // then
        open(CLUSTER);
        assertThat(folder().resolve("log")).hasContent("first");
        assertThat(names()).containsExactly("raft");
    }

    @Test
    void shouldLetAClusterOfOneBeginAnew() throws IOException {
        // given
        form(TestPeers.A, ALONE, "first");

        // when
        final RaftReset.Done done = reset(ALONE, 6).reset();

        // then
        assertThat(done.mayBeginAnew()).isTrue();
        open(ALONE);
    }

    @Test
    void shouldNotTakeTheDataOfAClusterForThoseOfANodeAlone() throws IOException {
        // given
        form(TestPeers.A, CLUSTER, "first");

        // when, then
        assertThat(reset(ALONE, 6).mayBeginAnew()).isFalse();
    }

    @Test
    void shouldNeverGoBackBehindNewVotes() throws IOException {
        // given
        form(TestPeers.A, ALONE, "first");
        reset(ALONE, 6).reset();
        form(TestPeers.A, ALONE, "second");

        // when, then
        assertThatThrownBy(() -> reset(ALONE, 6).undo())
                .isInstanceOf(FolderRefused.class)
                .hasMessageContaining("must not be forgotten");
        assertThat(folder().resolve("log")).hasContent("second");
    }

    @Test
    void shouldKeepAsManyBackupsAsItIsToldAndDeleteTheOldestOnly() throws IOException {
        // given
        final TreeMap<String, String> logs = new TreeMap<>();
        RaftReset.Done last = null;
        for (int i = 0; i < 4; i++) {
            form(TestPeers.A, ALONE, "log " + i);
            last = reset(ALONE, 2).reset();
        }

        // when
        for (final String name : names()) {
            logs.put(name, Files.readString(root.resolve(name).resolve("log")));
        }

        // then
        assertThat(logs).containsEntry("raft.bak.0", "log 3").containsEntry("raft.bak.1", "log 2");
        assertThat(logs).hasSize(2);
        assertThat(last).isNotNull();
        assertThat(last.deleted()).containsExactly(root.resolve("raft.bak.2"));
    }

    @Test
    void shouldLeaveAloneWhatIsNoBackup() throws IOException {
        // given
        Files.createDirectory(root.resolve("raft.bak.old"));
        Files.createDirectory(root.resolve("raft.bak.007"));
        Files.createDirectory(root.resolve("draft.bak.9"));
        form(TestPeers.A, ALONE, "first");

        // when
        reset(ALONE, 1).reset();

        // then
        assertThat(names())
                .containsExactlyInAnyOrder(
                        "raft.bak.0", "raft.bak.old", "raft.bak.007", "draft.bak.9");
    }

    @Test
    void shouldRefuseWhenThereIsNothingOrItIsNotOurs() throws IOException {
        assertThatThrownBy(() -> reset(CLUSTER, 6).reset()).hasMessageContaining("nothing");
        assertThatThrownBy(() -> reset(CLUSTER, 6).undo()).hasMessageContaining("there is none");

        form(TestPeers.B, CLUSTER, "theirs");

        assertThatThrownBy(() -> reset(CLUSTER, 6).reset()).hasMessageContaining("belongs to");
        assertThat(names()).containsExactly("raft");
    }

    @Test
    void shouldRefuseWhileANodeRunsOnTheFolder() throws IOException {
        // given
        form(TestPeers.A, CLUSTER, "first");

        // when, then
        final FolderLock running = FolderLock.acquire(folder());
        try {
            assertThatThrownBy(() -> reset(CLUSTER, 6).reset())
                    .isInstanceOf(FolderRefused.class)
                    .hasMessageContaining("another node is running");
        } finally {
            running.close();
        }
        assertThat(names()).containsExactly("raft");
    }

    @Test
    void shouldNotTurnTheBackupsWhenItWasResetAlready() throws IOException {
        // given
        form(TestPeers.A, CLUSTER, "first");
        reset(CLUSTER, 1).reset();

        // when, then
        assertThatThrownBy(() -> reset(CLUSTER, 1).reset()).hasMessageContaining("nothing");
        assertThat(root.resolve("raft.bak.0/log")).hasContent("first");
    }

    private void form(final PeerIdentity peer, final RaftCluster cluster, final String log)
            throws IOException {
        final RaftSettings settings = RaftSettings.standard(peer, cluster, folder());
        new RaftFolder(settings).open(false, () -> false);
        Files.writeString(folder().resolve("log"), log);
    }

    private void open(final RaftCluster cluster) throws IOException {
        new RaftFolder(RaftSettings.standard(TestPeers.A, cluster, folder()))
                .open(false, () -> false);
    }

    private RaftReset reset(final RaftCluster cluster, final int backups) {
        return new RaftReset(RaftSettings.standard(TestPeers.A, cluster, folder()), backups);
    }

    private Path folder() {
        return root.resolve("raft");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.map(entry -> String.valueOf(entry.getFileName())).toList();
        }
    }
}
