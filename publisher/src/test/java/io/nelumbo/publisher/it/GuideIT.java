package io.nelumbo.publisher.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nelumbo.config.ApiInfo;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.Network;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.lotus.LotusJson;
import io.nelumbo.publisher.cli.devnet.LastingPorts;
import io.nelumbo.publisher.client.ClientOptions;
import io.nelumbo.publisher.client.ClusterClient;
import io.nelumbo.publisher.client.Reply;
import io.nelumbo.publisher.devchain.DevChainOptions;
import io.nelumbo.publisher.devchain.DevChainServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The guide "From the Lotus node cluster to Nelumbo", step by step as it stands in the README, and
 * what it promises; with one node more, that nobody has invited.
 */
final class GuideIT {
    private static final long TIPSET_MS = 200;
    private static final int NODES = 3;

    @RegisterExtension static final Workplace WORKPLACE = new Workplace();

    private final List<GuideNode> nodes = new ArrayList<>();
    private final List<String> addresses = new ArrayList<>();
    private final List<String> apiInfos = new ArrayList<>();
    private final List<ClusterClient> single = new ArrayList<>();

    /**
     * I1, I4 and I5 as a client of the whole list sees them: any node takes the push, the state is
     * the same everywhere, and neither the leader's death nor its return changes a message. I12 for
     * peers: a stranger gets nowhere.
     */
    @Test
    void shouldDoWhatTheGuidePromises() throws Exception {
        final DevChainServer chain =
                WORKPLACE.add(DevChainServer.start(DevChainOptions.every(TIPSET_MS), 0));
        final String account = makeThreeNodes(chain.url());
        final GuideNode stranger = makeStranger(chain.url());
        for (final GuideNode node : nodes) {
            node.start();
        }
        Await.until("one leader on all three", () -> leaders(single).size() == 1);
        stranger.start();

        final String firstLeader = leaders(single).iterator().next();
        final int leading =
                addresses.indexOf(
                        addresses.stream()
                                .filter(address -> address.endsWith("/p2p/" + firstLeader))
                                .findAny()
                                .orElseThrow());
        final int following = (leading + 1) % NODES;
        final JsonNode sent = send(apiInfos.get(following), account);
        assertThat(sent.path("nonce").asInt()).isZero();
        awaitSameState(single, 1);

        // The list begins with the node that will die.
        final String list = listFrom(leading);
        try (ClusterClient client = ClusterClient.open(list)) {
            final UUID requestId = UUID.randomUUID();
            final SignedFilecoinMessage before = push(client, account, requestId);
            nodes.get(leading).kill();
            final SignedFilecoinMessage after = push(client, account, UUID.randomUUID());

            assertThat(before.message().nonce()).isEqualTo(1);
            assertThat(after.message().nonce()).isEqualTo(2);
            assertThat(push(client, account, requestId).cid()).isEqualTo(before.cid());
            final List<ClusterClient> survivors = new ArrayList<>(single);
            survivors.remove(leading);
            awaitSameState(survivors, 3);
            final String newLeader = Program.runAt(list, "cluster", "leader").out().strip();
            assertThat(leaders(survivors)).containsExactly(newLeader);
            assertThat(newLeader).isNotEqualTo(firstLeader);
            Await.until(
                    "the chain to execute what was pushed before the leader died",
                    () -> !Await.value(client.search(before.cid())).orThrow().isNull());

            nodes.get(leading).start();
            Await.until("the dead node to return", () -> leaders(single).size() == 1);
            awaitSameState(single, 3);
        }
        final SignedFilecoinMessage foreign = pushSignedThroughAFollower();
        awaitSameState(single, 4);
        Await.until("the chain to execute what its sender signed", () -> isExecuted(foreign));

        assertThat(chain.chain().report().rewritten()).isEmpty();
        assertRefused(stranger);
    }

    /** Of an account whose key no node has; twice, which makes one message (I4). */
    private SignedFilecoinMessage pushSignedThroughAFollower() throws Exception {
        final String leader = leaders(single).iterator().next();
        final List<Integer> followers =
                IntStream.range(0, NODES)
                        .filter(i -> !addresses.get(i).endsWith("/p2p/" + leader))
                        .boxed()
                        .toList();
        final SignedFilecoinMessage signed = Transfers.signed(0);
        final JsonNode json = new LotusJson(Network.TESTNET).writeSigned(signed);
        for (final int follower : followers) {
            assertThat(Await.value(single.get(follower).call("MpoolPush", json)).orThrow())
                    .isEqualTo(json.path("CID"));
        }
        return signed;
    }

    private boolean isExecuted(final SignedFilecoinMessage signed) throws InterruptedException {
        return !Await.value(single.get(0).search(signed.cid())).orThrow().isNull();
    }

    /** Steps 1 to 5 and 7; returns the account whose key all of them have. */
    private String makeThreeNodes(final String upstream) throws Exception {
        final List<Integer> ports = LastingPorts.choose(2 * NODES);
        for (int i = 0; i < NODES; i++) {
            final GuideNode node = WORKPLACE.add(GuideNode.init(WORKPLACE.folder("node-" + i)));
            nodes.add(node);
            configure(node, ports.get(2 * i), ports.get(2 * i + 1), upstream);
            addresses.add(node.said("net", "listen"));
        }
        final String account = nodes.get(0).said("wallet", "new");
        final Path key = WORKPLACE.folder("key.hex");
        Files.writeString(key, nodes.get(0).said("wallet", "export", account));
        for (final GuideNode node : nodes.subList(1, NODES)) {
            node.said("wallet", "import", key.toString());
        }
        for (final GuideNode node : nodes) {
            joinCluster(node, addresses);
            apiInfos.add(node.apiInfo());
            single.add(WORKPLACE.add(clientOf(apiInfos.get(apiInfos.size() - 1))));
        }
        return account;
    }

    /** It copies what it sees, which is not enough; then it names itself too. */
    private GuideNode makeStranger(final String upstream) throws Exception {
        final List<Integer> ports = LastingPorts.choose(2);
        final GuideNode stranger = WORKPLACE.add(GuideNode.init(WORKPLACE.folder("stranger")));
        configure(stranger, ports.get(0), ports.get(1), upstream);
        joinCluster(stranger, addresses);
        final Program.Ran copied = stranger.run("daemon");
        assertThat(copied.exitCode()).as("%s", copied).isEqualTo(4);
        assertThat(copied.err()).contains("does not name this node");
        final List<String> four = new ArrayList<>(addresses);
        four.add(stranger.said("net", "listen"));
        final Path config = WORKPLACE.folder("stranger", "config.toml");
        Files.writeString(config, Files.readString(config).replace(array(addresses), array(four)));
        return stranger;
    }

    private static void configure(
            final GuideNode node, final int apiPort, final int peerPort, final String upstream)
            throws IOException {
        node.set("ListenAddress", "\"/ip4/127.0.0.1/tcp/" + apiPort + "/http\"");
        node.set("ListenAddresses", "[\"/ip4/127.0.0.1/tcp/" + peerPort + "\"]");
        // Not of the guide: a fast chain, and a small disk.
        node.set("PollInterval", "\"200ms\"");
        node.set("Confidence", "2");
        node.set("FreeSpaceMinBytes", "268435456");
        node.append("\n[[Upstream]]\nChain = \"filecoin\"\nURLs = [\"" + upstream + "\"]\n");
    }

    private static void joinCluster(final GuideNode node, final List<String> peerset)
            throws IOException {
        node.set("ClusterModeEnabled", "true");
        node.set("InitPeersetMultiAddr", array(peerset));
    }

    private static String array(final List<String> peerset) {
        return peerset.stream()
                .map(address -> '"' + address + '"')
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /** {@code nelumbo send}. */
    private static JsonNode send(final String apiInfo, final String account) throws Exception {
        final Program.Ran sent =
                Program.runAt(
                        apiInfo,
                        "send",
                        "--from",
                        account,
                        "--to",
                        account,
                        "--value",
                        "7attoFIL",
                        "--json");
        assertThat(sent.exitCode()).as("%s", sent).isZero();
        return sent.json();
    }

    private static SignedFilecoinMessage push(
            final ClusterClient client, final String account, final UUID requestId)
            throws InterruptedException {
        final FilecoinAddress address = FilecoinAddress.parse(account);
        final FilecoinMessage transfer =
                new FilecoinMessage(
                        address,
                        address,
                        0,
                        BigInteger.ONE,
                        0,
                        BigInteger.ZERO,
                        BigInteger.ZERO,
                        0,
                        new byte[0]);
        return Await.value(client.push(transfer, requestId)).orThrow();
    }

    /** The peer ids that the nodes say lead; one without an answer counts as one of its own. */
    private static Set<String> leaders(final List<ClusterClient> asked)
            throws InterruptedException {
        final Set<String> leaders = new HashSet<>();
        for (final ClusterClient node : asked) {
            final Reply<String> leader = Await.value(node.leader());
            leaders.add(
                    leader instanceof Reply.Answered<String> known ? known.value() : "nobody yet");
        }
        return leaders.contains("nobody yet") ? Set.of() : leaders;
    }

    /** I7 as clients see it. */
    private static void awaitSameState(final List<ClusterClient> asked, final int messages)
            throws InterruptedException {
        Await.until(
                "RaftState to be equal with " + messages + " messages",
                () -> {
                    final Set<JsonNode> states = new HashSet<>();
                    for (final ClusterClient node : asked) {
                        states.add(Await.value(node.state()).orThrow());
                    }
                    return states.size() == 1
                            && states.iterator().next().path("MsgUuids").size() == messages;
                });
    }

    /** I12: told, counted, and of no effect on either side. */
    private void assertRefused(final GuideNode stranger) throws Exception {
        final String peerId = stranger.said("net", "id");
        for (final GuideNode node : nodes) {
            Await.until("a node to refuse the stranger", () -> !refusals(node, peerId).isEmpty());
            assertThat(refusals(node, peerId))
                    .allMatch(line -> line.matches(".*\\([1-9]\\d* since the start, .*"));
        }
        for (final String apiInfo : apiInfos) {
            assertThat(health(apiInfo).path("peersRefused").asLong()).isPositive();
        }
        try (ClusterClient client = clientOf(stranger.apiInfo())) {
            assertThat(Await.value(client.leader())).isInstanceOf(Reply.Unavailable.class);
            final JsonNode state = Await.value(client.state()).orThrow();
            assertThat(state.path("NonceMap")).isEmpty();
            assertThat(state.path("MsgUuids")).isEmpty();
        }
    }

    private static JsonNode health(final String apiInfo) throws IOException {
        final URI page = ApiInfo.parse(apiInfo).address().url("/health/readyz");
        try (InputStream body = page.toURL().openStream()) {
            return new ObjectMapper().readTree(body);
        }
    }

    private static List<String> refusals(final GuideNode node, final String peerId) {
        try {
            return node.log().stream()
                    .filter(line -> line.contains("peer port: refused"))
                    .filter(line -> line.contains("but was peer " + peerId))
                    .toList();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All three, beginning with this one, as {@code FULLNODE_API_INFO} lists them. */
    private String listFrom(final int first) {
        return Stream.iterate(first, i -> (i + 1) % NODES)
                .limit(NODES)
                .map(apiInfos::get)
                .collect(Collectors.joining(","));
    }

    /** Of one node: a call that it cannot answer now fails at once, and the test asks again. */
    private static ClusterClient clientOf(final String apiInfo) {
        return ClusterClient.open(
                ApiInfo.parseList(apiInfo), ClientOptions.standard().withRounds(1));
    }
}
