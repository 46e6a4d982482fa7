package io.nelumbo.statemachine.raft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A follower returns when the log that it missed is purged. */
final class CatchUpTest {

    @Test
    void shouldCatchUpBySnapshotAndRecordsOfPeersWhenTheLogIsPurged_I7(@TempDir final Path folder)
            throws IOException {
        try (TestCluster cluster = TestCluster.start(folder, TestCluster.SMALL)) {
            // given
            final TestSequencer sequencer = cluster.commit(5);
            final TestNode away = cluster.followerAt(sequencer);
            away.stop();

            // when
            cluster.commit(sequencer, 200);
            final long missing = away.journal.last().raftIndex() + 1;
            Await.until("purged", () -> firstLogIndex(cluster.leader()) > missing);
            away.start();

            // then
            cluster.commit(sequencer, 3);
            cluster.expectIdenticalReplicas(sequencer);
        }
    }

    private static long firstLogIndex(final TestNode node) {
        try (Stream<Path> files = Files.list(node.settings.storageFolder().resolve("current"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("log_"))
                    .map(name -> name.replace("log_inprogress_", "").replace("log_", ""))
                    .mapToLong(name -> Long.parseLong(name.split("-")[0]))
                    .min()
                    .orElse(0);
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }
}
