package io.nelumbo.statemachine.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Few entries of many bytes: what a start applies anew is bounded in bytes too (I7). */
final class SnapshotPaceTest {

    private static final long NEVER_BY_ENTRIES = 1_000_000;
    private static final long EVERY_BYTES = 4096;

    @TempDir Path folder;

    private TestCluster cluster;

    @BeforeEach
    void start() throws IOException {
        final RaftLimits small = TestCluster.SMALL;
        cluster =
                TestCluster.start(
                        folder,
                        new RaftLimits(
                                small.maxBatchBytes(),
                                small.maxPendingBatches(),
                                small.maxPendingBytes(),
                                NEVER_BY_ENTRIES,
                                EVERY_BYTES,
                                1,
                                small.segmentBytes(),
                                false));
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void shouldTakeASnapshotAndPurgeTheLogAfterEnoughBytesThoughNothingFollows() {
        // when
        cluster.commit(200);

        // then
        for (final TestNode node : cluster.nodes) {
            Await.until("a snapshot", () -> !names(node, "sm", "snapshot.").isEmpty());
        }
        Await.until(
                "purged",
                () ->
                        names(cluster.leader(), "current", "log_").stream()
                                .noneMatch(name -> name.startsWith("log_0-")));
        Await.until("freed", () -> names(cluster.leader(), "purged", "log_0-").isEmpty());
    }

    @Test
    void shouldApplyAnewOnlyWhatIsBehindTheSnapshotWhenANodeDies_I7() throws IOException {
        // given
        cluster.commit(200);
        final TestNode follower = cluster.followerAtTheEnd();
        Await.until("a snapshot", () -> !names(follower, "sm", "snapshot.").isEmpty());
        cluster.commit(1);
        cluster.awaitAtTheEnd(follower);

        // when
        follower.crash();
        follower.start();

        // then
        cluster.commit(1);
        cluster.expectIdenticalReplicas();
        assertThat(follower.listener.applied).hasSizeLessThan(200);
    }

    private static List<String> names(
            final TestNode node, final String inFolder, final String beginning) {
        try (Stream<Path> files = Files.list(node.settings.storageFolder().resolve(inFolder))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(beginning))
                    .filter(name -> !name.endsWith(".unfinished") && !name.endsWith(".md5"))
                    .toList();
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }
}
