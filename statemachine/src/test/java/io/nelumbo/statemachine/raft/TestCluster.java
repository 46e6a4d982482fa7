package io.nelumbo.statemachine.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.statemachine.identity.PeerIdentity;
import io.nelumbo.statemachine.ledger.ApplyOutcome;
import io.nelumbo.statemachine.ledger.Ledger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Three nodes in this process, on loopback, each with a folder of its own. */
final class TestCluster implements AutoCloseable {

    static final RaftTimeouts FAST =
            new RaftTimeouts(
                    Duration.ofMillis(500),
                    Duration.ofMillis(900),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(5));

    /** Small enough that a few dozen batches make snapshots, new segments and purges. */
    static final RaftLimits SMALL = new RaftLimits(64 << 10, 256, 16 << 20, 20, 1, 2048, true);

    final List<TestNode> nodes = new ArrayList<>();

    TestCluster(final Path folder, final RaftLimits limits) throws IOException {
        this(folder, FAST, limits);
    }

    TestCluster(final Path folder, final RaftTimeouts timeouts, final RaftLimits limits)
            throws IOException {
        final RaftCluster cluster = RaftCluster.foundedBy(members());
        for (final PeerIdentity peer : TestPeers.ALL) {
            final RaftMember member = cluster.member(TestPeers.id(peer));
            nodes.add(
                    new TestNode(
                            new RaftSettings(
                                    peer,
                                    new ListenAddress(member.host(), member.port()),
                                    cluster,
                                    folder.resolve(member.peerId()),
                                    timeouts,
                                    limits)));
        }
    }

    static List<RaftMember> members() throws IOException {
        final InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket a = new ServerSocket(0, 1, loopback);
                ServerSocket b = new ServerSocket(0, 1, loopback);
                ServerSocket c = new ServerSocket(0, 1, loopback)) {
            return List.of(
                    TestPeers.member(TestPeers.A, a.getLocalPort()),
                    TestPeers.member(TestPeers.B, b.getLocalPort()),
                    TestPeers.member(TestPeers.C, c.getLocalPort()));
        }
    }

    /** Starts all nodes at once, as operators do. */
    static TestCluster start(final Path folder) throws IOException {
        return start(folder, RaftLimits.standard());
    }

    static TestCluster start(final Path folder, final RaftLimits limits) throws IOException {
        final TestCluster cluster = new TestCluster(folder, limits);
        cluster.startAll();
        return cluster;
    }

    void startAll() throws IOException {
        for (final TestNode node : nodes) {
            if (!node.isRunning()) {
                node.start();
            }
        }
    }

    /** Commits so many batches of one message each; the leader must not change meanwhile. */
    TestSequencer commit(final int batches) {
        final TestSequencer sequencer = openEpoch();
        commit(sequencer, batches);
        return sequencer;
    }

    /** Returns the Raft indices of the batches. */
    List<Long> commit(final TestSequencer sequencer, final int batches) {
        final List<CompletableFuture<SubmitOutcome>> inFlight = new ArrayList<>();
        for (int n = 0; n < batches; n++) {
            inFlight.add(sequencer.message());
        }
        return inFlight.stream().map(TestCluster::expectCommitted).toList();
    }

    /** Stops all at once: each takes a second to wind its threads down. */
    void stopAll() {
        inParallel(TestNode::stop);
    }

    void crashAll() {
        inParallel(TestNode::crash);
    }

    private void inParallel(final Consumer<TestNode> action) {
        CompletableFuture.allOf(
                        nodes.stream()
                                .filter(TestNode::isRunning)
                                .map(node -> CompletableFuture.runAsync(() -> action.accept(node)))
                                .toArray(CompletableFuture[]::new))
                .join();
    }

    /** The node that leads and whose listener knows it; waits for it. */
    TestNode leader() {
        Await.until("a leader", () -> leaderNow().isPresent());
        return leaderNow().orElseThrow();
    }

    private Optional<TestNode> leaderNow() {
        return nodes.stream()
                .filter(TestNode::isRunning)
                .filter(node -> node.raft().isLeading())
                .filter(node -> node.listener.led.contains(node.raft().term()))
                .findFirst();
    }

    List<TestNode> followers() {
        final TestNode leader = leader();
        return nodes.stream().filter(node -> node != leader && node.isRunning()).toList();
    }

    /** A follower that has applied and journaled what the sequencer has committed. */
    TestNode followerAt(final TestSequencer sequencer) {
        final TestNode follower = followers().get(0);
        Await.until(
                "a follower at sequence " + sequencer.nextSequence(),
                () -> follower.journal.last().nextSequence() == sequencer.nextSequence());
        return follower;
    }

    /**
     * A sequencer in the leader's open epoch, with account 0 open; nothing else may be in flight.
     * Begins anew if the leader changes meanwhile.
     */
    TestSequencer openEpoch() {
        while (true) {
            final TestNode leader = leader();
            final TestSequencer sequencer = new TestSequencer(leader.raft(), leader.ledger);
            if (leader.ledger.epoch() != sequencer.term()) {
                outcomeOf(sequencer.openEpoch());
            }
            if (leader.ledger.epoch() == sequencer.term()) {
                if (leader.ledger.accountCount() == 0) {
                    expectCommitted(sequencer.openAccount());
                }
                return sequencer;
            }
        }
    }

    static SubmitOutcome outcomeOf(final CompletableFuture<SubmitOutcome> outcome) {
        return outcome.orTimeout(Await.DEADLINE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** Returns the Raft index of the batch. */
    static long expectCommitted(final CompletableFuture<SubmitOutcome> outcome) {
        assertThat(outcomeOf(outcome)).isInstanceOf(SubmitOutcome.Committed.class);
        return ((SubmitOutcome.Committed) outcome.join()).raftIndex();
    }

    /** Waits until all running nodes have applied the same, and proves I7 on them. */
    void expectIdenticalReplicas(final TestSequencer sequencer) {
        final long nextSequence = sequencer.nextSequence();
        final List<TestNode> running = nodes.stream().filter(TestNode::isRunning).toList();
        Await.until(
                "all nodes at sequence " + nextSequence + ", but were " + positions(),
                () -> running.stream().allMatch(n -> n.ledger.nextSequence() == nextSequence));
        for (final TestNode node : running) {
            // The journal follows the ledger on the same thread.
            Await.until(
                    "the journal at sequence " + nextSequence,
                    () -> node.journal.last().nextSequence() == nextSequence);
            assertThat(node.ledger.digest())
                    .as("I7 ledger of %s", node.peerId())
                    .isEqualTo(running.get(0).ledger.digest());
            assertThat(node.journal.records())
                    .as("I7 journal of %s", node.peerId())
                    .containsExactlyElementsOf(running.get(0).journal.records());
            assertThat(fold(node.journal).digest())
                    .as("I7 fold(journal) == ledger of %s", node.peerId())
                    .isEqualTo(node.ledger.digest());
            assertThat(node.halt.reasons).as("halts of %s", node.peerId()).isEmpty();
        }
    }

    static Ledger fold(final MemoryJournal journal) {
        final Ledger ledger = new Ledger();
        for (final byte[] record : journal.records()) {
            assertThat(
                            ledger.apply(
                                    MemoryJournal.raftTermOf(record),
                                    MemoryJournal.decoder(MemoryJournal.batchIn(record))))
                    .isInstanceOf(ApplyOutcome.Applied.class);
        }
        return ledger;
    }

    private List<Long> positions() {
        return nodes.stream().map(node -> node.ledger.nextSequence()).toList();
    }

    @Override
    public void close() {
        stopAll();
    }
}
