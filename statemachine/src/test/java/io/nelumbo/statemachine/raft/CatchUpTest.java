package io.nelumbo.statemachine.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A follower returns when the log that it missed is purged. */
final class CatchUpTest {

    /** Ratis winds its threads down in one to two seconds; the repair would go on for thirty. */
    private static final Duration PROMPTLY = Duration.ofSeconds(10);

    @TempDir Path folder;

    private TestCluster cluster;
    private TestNode away;

    @BeforeEach
    void purgeWhileOneIsAway() throws IOException {
        cluster = TestCluster.start(folder, TestCluster.SMALL);
        cluster.commit(5);
        away = cluster.followerAtTheEnd();
        away.stop();
        cluster.commit(200);
        final long missing = away.journal.last().raftIndex() + 1;
        Await.until("purged", () -> firstLogIndex(cluster.leader()) > missing);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void shouldCatchUpBySnapshotAndRecordsOfPeersWhenTheLogIsPurged_I7() throws IOException {
        // when
        away.start();

        // then
        cluster.commit(3);
        cluster.expectIdenticalReplicas();
    }

    @Test
    void shouldCallTheJournalIncompleteUntilPeersHaveGivenTheRecords_I7() throws IOException {
        // given
        withholdRecords(true);

        // when
        away.start();

        // then
        Await.until("a hole in the journal", () -> !away.raft().status().journalComplete());
        assertThat(away.journal.last().nextSequence()).isLessThan(away.ledger.nextSequence());

        // and when
        withholdRecords(false);

        // then
        Await.until("no hole in the journal", () -> away.raft().status().journalComplete());
        cluster.commit(3);
        cluster.expectIdenticalReplicas();
        assertThat(cluster.nodes).allMatch(node -> node.raft().status().journalComplete());
    }

    @Test
    void shouldCloseAtOnceAndGoOnLaterWhenTheJournalIsBeingRepaired_I7() throws IOException {
        // given
        withholdRecords(true);
        away.start();
        Await.until("a hole in the journal", () -> !away.raft().status().journalComplete());

        // when
        final long beganNs = System.nanoTime();
        away.stop();
        final Duration took = Duration.ofNanos(System.nanoTime() - beganNs);

        // then
        assertThat(took).isLessThan(PROMPTLY);
        assertThat(away.halt.reasons).isEmpty();

        // and when
        withholdRecords(false);
        away.start();

        // then
        cluster.commit(3);
        cluster.expectIdenticalReplicas();
    }

    private void withholdRecords(final boolean withheld) {
        cluster.nodes.forEach(node -> node.journal.withhold(withheld));
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
