package io.nelumbo.bench.scale;

import io.nelumbo.bench.process.FreePorts;
import io.nelumbo.bench.process.Waiting;
import io.nelumbo.journal.chronicle.ChronicleJournal;
import io.nelumbo.journal.chronicle.ChronicleJournalOptions;
import io.nelumbo.journal.codec.BatchDecoder;
import io.nelumbo.statemachine.identity.PeerIdentity;
import io.nelumbo.statemachine.ledger.ApplyOutcome;
import io.nelumbo.statemachine.ledger.Ledger;
import io.nelumbo.statemachine.raft.JournalForcer;
import io.nelumbo.statemachine.raft.ProcessHalt;
import io.nelumbo.statemachine.raft.RaftCluster;
import io.nelumbo.statemachine.raft.RaftMember;
import io.nelumbo.statemachine.raft.RaftNode;
import io.nelumbo.statemachine.raft.RaftSettings;
import io.nelumbo.statemachine.raft.ReplicaListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A node's replica without peers, with a node's settings: Raft log, ledger, journal and its forces.
 * Owned by the thread that opens and closes it.
 */
final class LoneReplica implements ReplicaListener, AutoCloseable {

    private static final String IDENTITY = "identity.key";
    private static final Duration FORCE_INTERVAL = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(5);

    private final Ledger ledger = new Ledger();
    private final ChronicleJournal journal;
    private final JournalForcer forcer;
    private final CompletableFuture<Long> leading = new CompletableFuture<>();
    private final RaftNode node;
    private final double journalOpenSeconds;

    private LoneReplica(final Path folder) throws IOException {
        final long beganNs = System.nanoTime();
        journal =
                ChronicleJournal.open(
                        folder.resolve("journal"), ChronicleJournalOptions.defaults());
        journalOpenSeconds = (System.nanoTime() - beganNs) / 1e9;
        forcer = JournalForcer.start(journal, FORCE_INTERVAL, new ProcessHalt());
        final PeerIdentity identity = identity(folder);
        final RaftMember self =
                new RaftMember(identity.peerId().toString(), "127.0.0.1", FreePorts.tcp(1).get(0));
        node =
                RaftNode.start(
                        RaftSettings.standard(
                                identity,
                                RaftCluster.foundedBy(List.of(self)),
                                folder.resolve("raft")),
                        ledger,
                        journal,
                        this,
                        new ProcessHalt());
    }

    /** Opens it, or makes a new one in an empty folder. */
    static LoneReplica open(final Path folder) throws IOException {
        return new LoneReplica(Files.createDirectories(folder));
    }

    /** Waits until it leads, which it does when all that was committed is applied. */
    void awaitLeading() throws InterruptedException {
        if (!Waiting.until(() -> leading.isDone() && node.isLeading(), PATIENCE, LOOK_EVERY)) {
            throw new IllegalStateException("expected to lead within " + PATIENCE);
        }
    }

    RaftNode node() {
        return node;
    }

    Ledger ledger() {
        return ledger;
    }

    ChronicleJournal journal() {
        return journal;
    }

    double journalOpenSeconds() {
        return journalOpenSeconds;
    }

    @Override
    public void onLeading(final long term) {
        leading.complete(term);
    }

    @Override
    public void onLeadershipLost() {
        // Nobody else is there to lead.
    }

    @Override
    public void onLeaderChanged(final String leaderPeerId) {
        // Nobody else is there to lead.
    }

    @Override
    public void onApplied(
            final long raftTerm,
            final long raftIndex,
            final BatchDecoder batch,
            final ApplyOutcome outcome) {
        if (outcome != ApplyOutcome.Applied.APPLIED) {
            throw new IllegalStateException("expected the batch to apply but was " + outcome);
        }
    }

    @Override
    public void onMalformed(final long raftTerm, final long raftIndex, final String reason) {
        throw new IllegalStateException("expected a batch but was " + reason);
    }

    @Override
    public CompletableFuture<byte[]> onLeaderCall(final byte[] request) {
        return CompletableFuture.failedFuture(new IllegalStateException("expected no peers"));
    }

    @Override
    public void close() throws IOException {
        node.close();
        forcer.close();
        journal.close();
    }

    private static PeerIdentity identity(final Path folder) throws IOException {
        final Path file = folder.resolve(IDENTITY);
        if (!Files.exists(file)) {
            PeerIdentity.generate().write(file);
        }
        return PeerIdentity.read(file);
    }
}
