package io.nelumbo.statemachine.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.ratis.util.MD5FileUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A follower returns when the log that it missed is purged. */
final class CatchUpTest {

    @TempDir Path folder;

    @Test
    void shouldCatchUpBySnapshotAndRecordsWhenTheLogIsPurged_I7() throws IOException {
        try (TestCluster cluster = TestCluster.start(folder, TestCluster.SMALL)) {
            // given
            final TestSequencer sequencer = cluster.openEpoch();
            cluster.commit(sequencer, 5);
            final TestNode away = cluster.followers().get(0);
            Await.until("applied", () -> away.ledger.nextSequence() == 7);
            away.stop();

            // when
            cluster.commit(sequencer, 200);
            expectPurgedBeyond(cluster.leader(), away.journal.last().raftIndex());
            away.start();

            // then
            cluster.commit(sequencer, 3);
            cluster.expectIdenticalReplicas(210);
        }
    }

    @Test
    void shouldHaltWhenTheInstalledSnapshotIsDamaged_I11() throws IOException {
        try (TestCluster cluster = TestCluster.start(folder, TestCluster.SMALL)) {
            // given
            final TestSequencer sequencer = cluster.openEpoch();
            cluster.commit(sequencer, 5);
            final TestNode away = cluster.followers().get(0);
            Await.until("applied", () -> away.ledger.nextSequence() == 7);
            away.stop();
            cluster.commit(sequencer, 200);
            expectPurgedBeyond(cluster.leader(), away.journal.last().raftIndex());

            // when
            damageSnapshots(cluster.leader());
            away.start();

            // then
            Await.until("a halt", () -> away.halt.isHalted());
            assertThat(away.halt.reasons.get(0))
                    .contains("installed snapshot")
                    .contains("cannot be read");
            assertThat(away.listener.applied).isEmpty();
        }
    }

    private static void expectPurgedBeyond(final TestNode node, final long raftIndex) {
        Await.until("purged", () -> firstLogIndex(node) > raftIndex + 1);
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

    /** One byte of each snapshot is changed, and Ratis's own checksum made to match. */
    private static void damageSnapshots(final TestNode node) throws IOException {
        for (final Path snapshot : snapshots(node)) {
            final byte[] bytes = Files.readAllBytes(snapshot);
            bytes[bytes.length / 2] ^= 1;
            Files.write(snapshot, bytes);
            Files.writeString(
                    MD5FileUtil.getDigestFileForFile(snapshot.toFile()).toPath(),
                    MD5FileUtil.computeMd5ForFile(snapshot.toFile())
                            + " *"
                            + snapshot.getFileName()
                            + "\n",
                    StandardCharsets.UTF_8);
        }
    }

    private static List<Path> snapshots(final TestNode node) throws IOException {
        try (Stream<Path> files = Files.list(node.settings.storageFolder().resolve("sm"))) {
            return files.filter(
                            file -> file.getFileName().toString().matches("snapshot\\.\\d+_\\d+"))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
    }
}
