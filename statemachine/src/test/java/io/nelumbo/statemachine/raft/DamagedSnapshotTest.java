package io.nelumbo.statemachine.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.ratis.util.MD5FileUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose newest snapshot does not read back: I5 and I7, or no start at all. */
final class DamagedSnapshotTest {

    @TempDir Path folder;

    private TestCluster cluster;
    private TestNode node;

    /** Snapshots every 20 entries and when closed; the log keeps everything. */
    @BeforeEach
    void stopOneWithTwoSnapshots() throws IOException {
        final RaftLimits small = TestCluster.SMALL;
        cluster =
                TestCluster.start(
                        folder,
                        new RaftLimits(
                                small.maxBatchBytes(),
                                small.maxPendingBatches(),
                                small.maxPendingBytes(),
                                small.snapshotEveryEntries(),
                                small.snapshotEveryBytes(),
                                100_000,
                                small.segmentBytes(),
                                false));
        cluster.commit(30);
        node = cluster.followerAtTheEnd();
        Await.until("a snapshot", () -> !snapshots().isEmpty());
        cluster.commit(1);
        cluster.awaitAtTheEnd(node);
        node.stop();
        assertThat(snapshots()).hasSizeGreaterThan(1);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void shouldStartFromTheOlderSnapshotWhenTheNewestIsDamaged_I7() throws IOException {
        // given
        final Path newest = snapshots().get(0);
        final Path older = snapshots().get(1);
        damage(newest);

        // when
        node.start();

        // then
        cluster.commit(1);
        cluster.expectIdenticalReplicas();
        assertThat(node.listener.applied.get(0).raftIndex()).isGreaterThan(indexOf(older));
        assertThat(newest.resolveSibling(newest.getFileName() + ".damaged")).exists();
    }

    @Test
    void shouldStartFromTheBeginOfTheLogWhenEverySnapshotIsDamaged_I7() throws IOException {
        // given
        for (final Path snapshot : snapshots()) {
            damage(snapshot);
        }

        // when
        node.start();

        // then
        cluster.commit(1);
        cluster.expectIdenticalReplicas();
        Await.until("every batch told", () -> node.listener.applied.size() == node.journal.size());
    }

    @Test
    void shouldRefuseAndChangeNothingWhenTheLogDoesNotReachBack_I5() throws IOException {
        // given: the first segment is gone, as after a purge, and so are the older snapshots
        final Path newest = snapshots().get(0);
        for (final Path snapshot : snapshots().subList(1, snapshots().size())) {
            Files.delete(snapshot);
            Files.delete(MD5FileUtil.getDigestFileForFile(snapshot.toFile()).toPath());
        }
        damage(newest);
        Files.delete(firstSegment());
        final List<Path> before = files();

        // when, then
        assertThatThrownBy(node::start)
                .isInstanceOf(FolderRefused.class)
                .hasMessageContaining(newest.toString())
                .hasMessageContaining("the Raft log in")
                .hasMessageContaining("from its begin")
                .hasMessageContaining("restore this node's Raft folder from a backup");
        assertThat(files()).containsExactlyElementsOf(before);
    }

    private List<Path> snapshots() {
        return inStorage("sm", "snapshot\\.\\d+_\\d+").stream()
                .sorted(Comparator.comparing(DamagedSnapshotTest::indexOf).reversed())
                .toList();
    }

    private Path firstSegment() {
        return inStorage("current", "log_0-\\d+").get(0);
    }

    private List<Path> inStorage(final String part, final String name) {
        try (Stream<Path> files = Files.list(node.settings.storageFolder().resolve(part))) {
            return files.filter(file -> file.getFileName().toString().matches(name)).toList();
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(node.settings.storageFolder())) {
            return files.sorted().toList();
        }
    }

    private static long indexOf(final Path snapshot) {
        return Long.parseLong(snapshot.getFileName().toString().split("_")[1]);
    }

    /** Flips one bit in the middle, which the digest beside the file is not asked about. */
    private static void damage(final Path snapshot) throws IOException {
        final byte[] bytes = Files.readAllBytes(snapshot);
        bytes[bytes.length / 2] ^= 1;
        Files.write(snapshot, bytes);
    }
}
