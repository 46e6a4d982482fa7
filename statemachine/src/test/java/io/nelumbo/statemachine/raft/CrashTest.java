package io.nelumbo.statemachine.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.journal.JournalRecord;
import io.nelumbo.journal.chronicle.ChronicleJournalReader;
import io.nelumbo.statemachine.identity.PeerIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three processes, and SIGKILL for whichever leads, while it submits. What was acknowledged is kept
 * here, outside of them, and must stand in every journal, byte for byte.
 */
final class CrashTest {

    /** More in the Maven profile campaign. */
    private static final int KILLS = Integer.getInteger("test.kills", 1);

    private static final int BATCHES_BETWEEN_KILLS = 10;

    private final Acknowledged acknowledged = new Acknowledged();

    private final List<ChildReplica> replicas = new ArrayList<>();

    @AfterEach
    void end() throws Exception {
        for (final ChildReplica replica : replicas) {
            replica.dismiss();
        }
        for (final ChildReplica replica : replicas) {
            replica.end();
        }
    }

    @Test
    void shouldHoldEveryAcknowledgedBatchOnEveryNodeWhenTheLeaderIsKilledUnderLoad_I3_I5_I7(
            @TempDir final Path folder) throws Exception {
        // given
        startThree(folder);
        awaitAcknowledged(0);

        // when
        for (int kill = 1; kill <= KILLS; kill++) {
            killTheLeader(kill);
        }
        Await.until("all replicas at one height", this::allAtOneHeight);
        Await.until("all replicas in one state", this::allInOneState);
        assertThat(replicas).allMatch(ChildReplica::isAlive);
        end();

        // then
        final Map<Long, String> expected = acknowledged.hashBySequence();
        final List<String> records = recordsOf(replicas.get(0));
        for (final ChildReplica replica : replicas) {
            assertThat(batchesOf(replica))
                    .as("I3, I5: acknowledged batches in the journal of %s", replica.peerId())
                    .containsAllEntriesOf(expected);
            assertThat(recordsOf(replica))
                    .as("I7: journal of %s", replica.peerId())
                    .isEqualTo(records);
        }
        System.out.printf(
                "%d kills, %d acknowledged batches, %d records%n",
                KILLS, expected.size(), records.size());
    }

    private void startThree(final Path folder) throws IOException {
        final List<RaftMember> members = TestCluster.members();
        final RaftCluster cluster = RaftCluster.foundedBy(members);
        for (final PeerIdentity peer : TestPeers.ALL) {
            final RaftMember member = cluster.member(TestPeers.id(peer));
            final Path own = Files.createDirectory(folder.resolve(member.peerId()));
            peer.write(own.resolve(ReplicaProcess.IDENTITY));
            final ChildReplica replica = new ChildReplica(own, member, members, acknowledged);
            replica.start();
            replicas.add(replica);
        }
        Await.until("three members", () -> replicas.stream().allMatch(r -> r.following));
    }

    private void killTheLeader(final int kill) throws IOException, InterruptedException {
        final ChildReplica leader = leader();
        leader.kill();
        final long killedNs = System.nanoTime();
        final int before = acknowledged.count();
        Await.until("another leader", this::someoneLeads);
        System.out.printf(
                "kill %d: next epoch open after %d ms%n",
                kill, (System.nanoTime() - killedNs) / 1_000_000);
        awaitAcknowledged(before);
        leader.start();
        Await.until("it to be back", () -> leader.following);
        System.out.printf(
                "kill %d: three again after %d ms%n",
                kill, (System.nanoTime() - killedNs) / 1_000_000);
    }

    private ChildReplica leader() {
        Await.until("a leader", this::someoneLeads);
        return replicas.stream()
                .max(Comparator.comparingLong(replica -> replica.leadingTerm))
                .orElseThrow();
    }

    private boolean someoneLeads() {
        return replicas.stream().anyMatch(replica -> replica.leadingTerm > 0);
    }

    private void awaitAcknowledged(final int before) {
        Await.until(
                "acknowledged more than " + before,
                () -> acknowledged.count() >= before + BATCHES_BETWEEN_KILLS);
    }

    /** Asking also ends the submitting. */
    private boolean allAtOneHeight() {
        replicas.forEach(ChildReplica::askHeight);
        final long first = replicas.get(0).height;
        return first > 0 && replicas.stream().allMatch(replica -> replica.height == first);
    }

    private boolean allInOneState() {
        replicas.forEach(ChildReplica::askState);
        final String first = replicas.get(0).state;
        return !first.isEmpty()
                && replicas.stream().allMatch(replica -> replica.state.equals(first));
    }

    /** First sequence and hash of each batch in a journal; reading verifies the chain. */
    private static Map<Long, String> batchesOf(final ChildReplica replica) {
        final Map<Long, String> batches = new HashMap<>();
        for (final JournalRecord record : read(replica)) {
            batches.put(record.firstSequence(), ReplicaProcess.hashOf(record.payload()));
        }
        return batches;
    }

    /** The hash of each record, which covers all that is in it and before it. */
    private static List<String> recordsOf(final ChildReplica replica) {
        return read(replica).stream()
                .map(record -> HexFormat.of().formatHex(record.hash()))
                .toList();
    }

    private static List<JournalRecord> read(final ChildReplica replica) {
        final List<JournalRecord> records = new ArrayList<>();
        try (ChronicleJournalReader reader = ChronicleJournalReader.open(replica.journal())) {
            for (JournalRecord next = reader.next(); next != null; next = reader.next()) {
                records.add(next);
            }
        }
        return records;
    }
}
