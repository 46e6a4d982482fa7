package io.nelumbo.publisher.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.nelumbo.publisher.cli.devnet.JournalFacts;
import io.nelumbo.publisher.devchain.DevChainOptions;
import io.nelumbo.publisher.devchain.DevChainServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What a node makes of a folder that is taken, foreign, incomplete or wrongly configured. One node
 * lives through all of it, so the order counts: what destroys the folder comes last.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class FolderIT {
    private static final long TIPSET_MS = 100;
    private static final int OK = 0;
    private static final int BAD_ANSWER = 1;
    private static final int MISUSED = 2;
    private static final int UNREACHABLE = 3;
    private static final int UNUSABLE = 4;

    @RegisterExtension static final Workplace WORKPLACE = new Workplace();

    private static DevChainServer chain;
    private static SingleNode node;
    private static String account;

    @BeforeAll
    static void makeANode() throws Exception {
        chain = WORKPLACE.add(DevChainServer.start(DevChainOptions.every(TIPSET_MS), 0));
        node = WORKPLACE.add(SingleNode.make(WORKPLACE.folder("node"), chain.url()));
        account = node.newAccount();
        node.start();
        publish();
    }

    /** Two messages, confirmed. */
    private static void publish() throws InterruptedException {
        for (int i = 0; i < 2; i++) {
            node.call(
                    "MpoolPushMessage",
                    Transfers.of(account, i),
                    Transfers.spec(UUID.randomUUID()));
        }
        Await.until("the confirmation", node::isConfirmed);
    }

    @Test
    @Order(1)
    void shouldRefuseAFolderThatIsInUse() throws Exception {
        final Program.Ran second = node.run("daemon");

        assertThat(second.exitCode()).as("%s", second).isEqualTo(UNUSABLE);
        assertThat(second.err())
                .contains("is in use by process " + node.pid(), "a node runs once; stop that one");
        assertThat(node.call("ID").asText()).isEqualTo(node.peerId());
    }

    /** I7: the journal is a projection of the log. */
    @Test
    @Order(2)
    void shouldRebuildALostJournalFromTheLog() throws Exception {
        node.kill();
        final List<String> before = records();
        final Path aside = WORKPLACE.folder("journal-aside");
        Files.move(node.journal(), aside);

        node.start();
        Await.until("the log to be replayed", () -> records().size() >= before.size());
        node.kill();

        assertThat(before).isNotEmpty();
        assertThat(records()).startsWith(before.toArray(String[]::new));
    }

    /** Above a snapshot only peers could help, and this node has none. */
    @Test
    @Order(3)
    void shouldSayWhatToDoWhenALostJournalCannotBeRebuilt() throws Exception {
        node.start();
        node.stop();
        final Path aside = WORKPLACE.folder("journal-to-restore");
        Files.move(node.journal(), aside);

        final Program.Ran ran = node.run("daemon");

        assertThat(ran.exitCode()).as("%s", ran).isEqualTo(UNUSABLE);
        assertThat(ran.err()).contains("put the journal's folder back from a backup");
        Workplace.delete(node.journal());
        Files.move(aside, node.journal());
        node.start();
        node.stop();
    }

    /** A copied folder would make one node vote twice. */
    @Test
    @Order(4)
    void shouldRefuseTheRaftFolderOfAnotherNode() throws Exception {
        final SingleNode other =
                WORKPLACE.add(SingleNode.make(WORKPLACE.folder("other"), chain.url()));
        Files.move(raft(node), raft(other));

        final Program.Ran ran = other.run("daemon");

        assertThat(ran.exitCode()).as("%s", ran).isEqualTo(UNUSABLE);
        assertThat(ran.err())
                .contains("belongs to " + node.peerId(), "give each node a folder of its own");
        Files.move(raft(other), raft(node));
    }

    /** A member that forgot its votes must not vote again. */
    @Test
    @Order(5)
    void shouldRefuseToStartAnewWhenItsRaftFolderIsGone() throws Exception {
        Workplace.delete(raft(node));

        final Program.Ran ran = node.run("daemon");

        assertThat(ran.exitCode()).as("%s", ran).isEqualTo(UNUSABLE);
        assertThat(ran.err())
                .contains(
                        "is missing, although its journal holds records",
                        "restore the folder, or remove the member and add it anew");
        assertThat(raft(node).resolve("member")).doesNotExist();
    }

    /** A cluster of one deceives nobody. */
    @Test
    void shouldBeginAnewAfterAResetOfANodeWithoutPeers() throws Exception {
        final SingleNode alone =
                WORKPLACE.add(SingleNode.make(WORKPLACE.folder("alone"), chain.url()));
        final Path config = alone.root().resolve("config.toml");
        Files.writeString(
                config,
                Files.readString(config)
                        .replace("[Cluster]\n", "[Cluster]\nDataFolder = \"elsewhere\"\n"));
        alone.start();
        alone.stop();
        assertThat(raft(alone)).doesNotExist();

        final Program.Ran reset = alone.run("cluster", "reset", "--really-do-it", "--json");

        assertThat(reset.exitCode()).as("%s", reset).isZero();
        assertThat(reset.json().path("mayBeginAnew").asBoolean()).isTrue();
        assertThat(alone.root().resolve("elsewhere.bak.0")).isDirectory();
        assertThat(alone.root().resolve("journal.bak.0")).isDirectory();
        alone.start();
        alone.stop();
        final Program.Ran undo = alone.run("cluster", "reset", "--undo");
        assertThat(undo.exitCode()).as("%s", undo).isEqualTo(UNUSABLE);
        assertThat(undo.err()).contains("what this node voted since then must not be forgotten");
    }

    @Test
    void shouldReportFiveMistakesOfAConfigurationAtOnce() throws Exception {
        final SingleNode wrong =
                WORKPLACE.add(SingleNode.make(WORKPLACE.folder("wrong"), chain.url()));
        Files.writeString(
                wrong.root().resolve("config.toml"),
                """
                [API]
                ListenAddress = "/ip4/127.0.0.1/udp/4567"
                RequestTimeout = 30

                [Cluster]
                CommitRetrys = 1
                CommitRetryDelay = "2m"

                [Pipelin]
                RingSize = 64
                """);

        final Program.Ran check = wrong.run("config", "check", "--json");
        final Program.Ran daemon = wrong.run("daemon");

        assertThat(check.exitCode()).as("%s", check).isEqualTo(BAD_ANSWER);
        assertThat(check.json().path("errors")).hasSize(5);
        assertThat(daemon.exitCode()).as("%s", daemon).isEqualTo(UNUSABLE);
        for (final JsonNode error : check.json().path("errors")) {
            assertThat(daemon.err()).contains(error.path("key").asText());
        }
    }

    @Test
    void shouldExitAsTheHelpSays() throws Exception {
        final Path nothing = WORKPLACE.folder("nothing");
        final SingleNode silent =
                WORKPLACE.add(SingleNode.make(WORKPLACE.folder("silent"), chain.url()));

        assertExit(Program.run(nothing, "--version"), OK, "");
        assertExit(silent.run("config", "check"), OK, "");
        assertExit(Program.run(nothing, "teleport"), MISUSED, "teleport");
        assertExit(silent.run("cluster", "leader"), UNREACHABLE, "no node answered");
        assertExit(Program.run(nothing, "daemon"), UNUSABLE, "make a node with `nelumbo init`");
        assertExit(silent.run("init"), UNUSABLE, "holds a node already");
    }

    private static void assertExit(
            final Program.Ran ran, final int exitCode, final String complaint) {
        assertThat(ran.exitCode()).as("%s", ran).isEqualTo(exitCode);
        assertThat(ran.err()).contains(complaint);
    }

    private static Path raft(final SingleNode of) {
        return of.root().resolve("raft");
    }

    private static List<String> records() {
        return JournalFacts.read(node.journal()).recordHashes();
    }
}
