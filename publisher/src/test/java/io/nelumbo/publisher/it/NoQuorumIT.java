package io.nelumbo.publisher.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.nelumbo.publisher.cli.devnet.DevnetNode;
import io.nelumbo.publisher.cli.devnet.JournalFacts;
import io.nelumbo.publisher.devchain.DevChainOptions;
import io.nelumbo.publisher.devchain.DevChainServer;
import io.nelumbo.publisher.jsonrpc.JsonRpcFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a cluster does without a majority, and with a member that lost its folder. */
final class NoQuorumIT {
    private static final long TIPSET_MS = 200;
    private static final Duration WAIT_FOR_LEADER = Duration.ofSeconds(4);

    /** For a machine that does other things too. */
    private static final Duration SLACK = Duration.ofSeconds(10);

    @RegisterExtension static final Workplace WORKPLACE = new Workplace();

    private static DevChainServer chain;
    private static RealCluster cluster;

    @BeforeAll
    static void startACluster() throws Exception {
        chain = WORKPLACE.add(DevChainServer.start(DevChainOptions.every(TIPSET_MS), 0));
        cluster =
                WORKPLACE.add(
                        RealCluster.make(
                                WORKPLACE.folder("cluster"),
                                2,
                                chain.url(),
                                "WaitForLeaderTimeout = \"4s\""));
        cluster.start();
    }

    /** The leader takes it into its log, where it waits: I3 until it is committed, I4 after. */
    @Test
    void shouldPublishOnceWhatTheLeaderCouldNotCommitInTime() throws Exception {
        final DevnetNode leader = cluster.leader();
        shouldPublishOnceAfterQuorumReturns(leader, cluster.account(0));
    }

    /** Nobody takes it: there is no leader. */
    @Test
    void shouldPublishOnceWhatFoundNoLeader() throws Exception {
        final String leader = cluster.leader().peerId();
        final DevnetNode follower =
                cluster.nodes().stream()
                        .filter(node -> !node.peerId().equals(leader))
                        .findFirst()
                        .orElseThrow();
        shouldPublishOnceAfterQuorumReturns(follower, cluster.account(1));
    }

    /** I7: what a snapshot has taken a member past comes from its peers. */
    @Test
    void shouldRefillALostJournalFromThePeers() throws Exception {
        final DevnetNode member = cluster.node(0);
        member.process().askToStop();
        member.process().awaitStop();
        Workplace.delete(member.folder().root().resolve("journal"));

        member.process().start();
        cluster.awaitLevel();

        final List<String> refilled = records(member);
        assertThat(refilled).isNotEmpty();
        // Meanwhile confirmations may go on.
        assertThat(records(cluster.node(1))).startsWith(refilled.toArray(String[]::new));
    }

    /** A member that forgot its votes must not vote again, whatever it deleted of itself. */
    @Test
    void shouldRefuseAnEmptyFolderToAKnownMember() throws Exception {
        final DevnetNode member = cluster.node(2);
        final Path root = member.folder().root();
        member.process().askToStop();
        member.process().awaitStop();
        Files.move(root.resolve("raft"), WORKPLACE.folder("raft"));
        Files.move(root.resolve("journal"), WORKPLACE.folder("journal"));

        final Program.Ran ran = Program.run(root, "daemon");

        assertThat(ran.exitCode()).as("%s", ran).isEqualTo(4);
        assertThat(ran.err())
                .contains(
                        "although another member has seen it before",
                        "restore the folder, or remove the member and add it anew");
        Workplace.delete(root.resolve("journal"));
        Workplace.delete(root.resolve("raft"));
        Files.move(WORKPLACE.folder("raft"), root.resolve("raft"));
        Files.move(WORKPLACE.folder("journal"), root.resolve("journal"));
        member.process().start();
        cluster.awaitLevel();
    }

    /** Nor a member whose Raft data were moved aside; the way back is the one that is printed. */
    @Test
    void shouldPutAMemberBackToWorkAsTheResetSays() throws Exception {
        final DevnetNode member = cluster.node(1);
        final Path root = member.folder().root();
        assertThat(Program.run(root, "cluster", "reset", "--really-do-it").err())
                .contains("is in use by");
        member.process().askToStop();
        member.process().awaitStop();

        final Program.Ran asked = Program.run(root, "cluster", "reset");
        final Program.Ran reset = Program.run(root, "cluster", "reset", "--really-do-it");
        final Program.Ran daemon = Program.run(root, "daemon");

        assertThat(asked.exitCode()).as("%s", asked).isEqualTo(2);
        assertThat(asked.err()).contains("nothing was done", "--really-do-it");
        assertThat(reset.exitCode()).as("%s", reset).isZero();
        assertThat(reset.out())
                .contains("raft.bak.0", "must not vote again", "`nelumbo cluster reset --undo`");
        assertThat(daemon.exitCode()).as("%s", daemon).isEqualTo(4);
        assertThat(daemon.err()).contains("a member that forgot its votes must not vote again");

        final Program.Ran undo = Program.run(root, "cluster", "reset", "--undo");

        assertThat(undo.exitCode()).as("%s", undo).isZero();
        member.process().start();
        cluster.awaitLevel();
        assertThat(root.resolve("raft.bak.0")).doesNotExist();
    }

    private static List<String> records(final DevnetNode node) {
        return JournalFacts.read(node.folder().root().resolve("journal")).recordHashes();
    }

    private static void shouldPublishOnceAfterQuorumReturns(
            final DevnetNode survivor, final String account) throws Exception {
        final UUID first = UUID.randomUUID();
        final UUID second = UUID.randomUUID();
        final int slots = slots() + 1;
        push(survivor, account, first);
        Await.until("the chain to have the message", () -> slots() == slots);
        final List<DevnetNode> others =
                cluster.nodes().stream().filter(node -> !node.equals(survivor)).toList();
        for (final DevnetNode other : others) {
            other.process().kill();
        }

        final long askedNs = System.nanoTime();
        final JsonRpcFailure.ErrorAnswer answer =
                Await.failure(
                        cluster.call(
                                survivor,
                                "MpoolPushMessage",
                                Transfers.of(account, 2),
                                Transfers.spec(second)),
                        JsonRpcFailure.ErrorAnswer.class);
        final Duration waited = Duration.ofNanos(System.nanoTime() - askedNs);

        assertThat(answer.text()).containsAnyOf("no leader within 4000 ms", "outcome unknown: ");
        assertThat(answer.text()).contains("retry", "MsgUuid");
        assertThat(waited).isLessThan(WAIT_FOR_LEADER.plus(SLACK));
        assertThat(slots()).isEqualTo(slots);

        others.get(0).process().start();
        cluster.awaitReady(others.get(0));
        final JsonNode signed = pushUntilAccepted(survivor, account, second);
        assertThat(signed.path("Message").path("Nonce").asLong()).isEqualTo(1);
        assertThat(push(others.get(0), account, second)).isEqualTo(signed);

        others.get(1).process().start();
        cluster.awaitLevel();
        for (final DevnetNode node : cluster.nodes()) {
            assertThat(
                            Await.value(
                                            cluster.call(
                                                    node,
                                                    "MpoolGetNonce",
                                                    TextNode.valueOf(account)))
                                    .asLong())
                    .isEqualTo(2);
            assertThat(RealCluster.journaled(node, account))
                    .extracting(message -> message.requestId())
                    .containsExactly(first, second);
        }
        assertThat(chain.chain().report().rewritten()).isEmpty();
    }

    /** (account, nonce) pairs that ever left the cluster. */
    private static int slots() {
        return chain.chain().report().slots();
    }

    private static JsonNode push(final DevnetNode node, final String account, final UUID requestId)
            throws InterruptedException {
        return Await.value(
                cluster.call(
                        node,
                        "MpoolPushMessage",
                        Transfers.of(account, 2),
                        Transfers.spec(requestId)));
    }

    /** As the error said: the same request again. */
    private static JsonNode pushUntilAccepted(
            final DevnetNode node, final String account, final UUID requestId)
            throws InterruptedException {
        Await.until(
                "the retry to be accepted",
                () ->
                        cluster.call(
                                        node,
                                        "MpoolPushMessage",
                                        Transfers.of(account, 2),
                                        Transfers.spec(requestId))
                                .handle((signed, failure) -> failure == null)
                                .join());
        return push(node, account, requestId);
    }
}
