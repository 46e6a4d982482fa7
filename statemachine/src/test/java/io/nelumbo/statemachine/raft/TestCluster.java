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
import java.util.concurrent.ThreadLocalRandom;
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
    static final RaftLimits SMALL =
            new RaftLimits(64 << 10, 256, 16 << 20, 20, 16 << 20, 1, 2048, true);

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
        try (ServerSocket a = listener();
                ServerSocket b = listener();
                ServerSocket c = listener()) {
            return List.of(
                    TestPeers.member(TestPeers.A, a.getLocalPort()),
                    TestPeers.member(TestPeers.B, b.getLocalPort()),
                    TestPeers.member(TestPeers.C, c.getLocalPort()));
        }
    }

    /**
     * Below the ports that the system gives to outgoing connections: one of those would have the
     * port of a node that is down when it comes back.
     */
    private static ServerSocket listener() throws IOException {
        IOException last = new IOException("expected a free port");
        for (int tries = 0; tries < 100; tries++) {
            final int port = ThreadLocalRandom.current().nextInt(10_000, 32_768);
            try {
                return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
            } catch (final IOException taken) {
                last = taken;
            }
        }
        throw last;
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

    /**
     * Commits so many batches of one message each, and goes on with the next leader when one loses
     * its office: a machine that is busy may take it from anybody. Returns what stands behind them.
     */
    TestSequencer commit(final int batches) {
        int committed = 0;
        while (true) {
            final TestSequencer sequencer = openEpoch();
            final List<CompletableFuture<SubmitOutcome>> inFlight = new ArrayList<>();
            for (int n = committed; n < batches; n++) {
                inFlight.add(sequencer.message());
            }
            for (final CompletableFuture<SubmitOutcome> outcome : inFlight) {
                committed += outcomeOf(outcome) instanceof SubmitOutcome.Committed ? 1 : 0;
            }
            if (committed >= batches) {
                return sequencer;
            }
        }
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

    /**
     * A follower; it and all others have applied and journaled all that was committed. A member
     * with an empty log would not do: Ratis counts no vote of such a one once there are commits, so
     * that the loss of another would leave the cluster without a leader.
     */
    TestNode followerAtTheEnd() {
        nodes.stream().filter(TestNode::isRunning).forEach(this::awaitAtTheEnd);
        return followers().get(0);
    }

    /** Waits until a node has applied and journaled all that was committed. */
    void awaitAtTheEnd(final TestNode node) {
        final long nextSequence = openEpoch().nextSequence();
        Await.until(
                "a node at sequence " + nextSequence,
                () -> node.journal.last().nextSequence() == nextSequence);
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
    void expectIdenticalReplicas() {
        // In an open epoch nothing of an earlier one is undecided.
        final long nextSequence = openEpoch().nextSequence();
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
        inParallel(TestNode::abandon);
    }
}
