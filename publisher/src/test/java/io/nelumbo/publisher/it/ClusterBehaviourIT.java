package io.nelumbo.publisher.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.nelumbo.config.ApiInfo;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.cli.devnet.DevnetNode;
import io.nelumbo.publisher.client.ClusterClient;
import io.nelumbo.publisher.client.stream.StreamClient;
import io.nelumbo.publisher.client.stream.StreamMessage;
import io.nelumbo.publisher.client.stream.StreamReply;
import io.nelumbo.publisher.devchain.DevChainOptions;
import io.nelumbo.publisher.devchain.DevChainServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What a cluster promises to Lotus's clients, one by one, on three real processes: the list at the
 * end of FILECOIN.md's section on JSON-RPC. Two more of it stand elsewhere: the stranger in {@link
 * GuideIT}, the missing majority in {@link NoQuorumIT}.
 */
final class ClusterBehaviourIT {
    private static final long TIPSET_MS = 200;
    private static final int CONCURRENT = 100;

    @RegisterExtension static final Workplace WORKPLACE = new Workplace();

    private static DevChainServer chain;
    private static RealCluster cluster;
    private static int accountsUsed;

    /** Its nonces begin at 0 in each test. */
    private String account;

    @BeforeAll
    static void startACluster() throws Exception {
        chain = WORKPLACE.add(DevChainServer.start(DevChainOptions.every(TIPSET_MS), 0));
        cluster = WORKPLACE.add(RealCluster.make(WORKPLACE.folder("cluster"), 10, chain.url(), ""));
        cluster.start();
    }

    @BeforeEach
    void takeAnAccount() {
        account = cluster.account(accountsUsed++);
    }

    /** A test that failed leaves no node dead: it would take the others down with it. */
    @AfterEach
    void startWhoeverIsDead() throws Exception {
        for (final DevnetNode node : cluster.nodes()) {
            if (!node.process().isRunning()) {
                restart(node);
            }
        }
    }

    /** I1, I7. */
    @Test
    void shouldTakeAPushOnAnyNodeAndTellTheSameStateOnAll() throws Exception {
        final Set<UUID> requestIds = new HashSet<>();
        for (final DevnetNode node : cluster.nodes()) {
            final UUID requestId = UUID.randomUUID();
            assertThat(nonce(push(node, requestId))).isEqualTo(requestIds.size());
            requestIds.add(requestId);
        }

        awaitSameState();
        final JsonNode state = state(cluster.node(0));
        assertThat(state.path("NonceMap").path(account).asLong()).isEqualTo(2);
        for (final UUID requestId : requestIds) {
            assertThat(state.path("MsgUuids").path(requestId.toString()).path("CID").isObject())
                    .isTrue();
        }
    }

    /** I1: one nonce each, without a hole, whichever node they came to. */
    @Test
    void shouldGiveTheNonces0To99ToAHundredConcurrentPushes() throws Exception {
        final List<CompletableFuture<JsonNode>> pushes = new ArrayList<>();
        for (int i = 0; i < CONCURRENT; i++) {
            pushes.add(pushing(cluster.node(i % 3), UUID.randomUUID()));
        }

        final List<Long> nonces = new ArrayList<>();
        for (final CompletableFuture<JsonNode> push : pushes) {
            nonces.add(nonce(Await.value(push)));
        }

        assertThat(nonces)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, CONCURRENT).boxed().toList());
    }

    /** I1, I4: the binary door of a follower, and then of another node for the same messages. */
    @Test
    void shouldPublishOverTheStreamOfAFollowerAndAnswerTheSameOnAnotherNode() throws Exception {
        // given: one of them has a sender whom nobody here knows
        final DevnetNode leader = cluster.leader();
        final List<DevnetNode> others =
                cluster.nodes().stream().filter(node -> node != leader).toList();
        final List<StreamMessage> messages = new ArrayList<>();
        for (int i = 0; i < CONCURRENT; i++) {
            messages.add(
                    StreamMessage.unsigned(
                            UUID.randomUUID(),
                            Transfers.filled(
                                    i == 50
                                            ? Transfers.signed(0).message().from()
                                            : FilecoinAddress.parse(account),
                                    i)));
        }

        // when
        final List<StreamReply> first = published(others.get(0), messages);
        final List<StreamReply> again = published(others.get(1), messages);

        // then
        final List<Long> nonces = new ArrayList<>();
        for (int i = 0; i < CONCURRENT; i++) {
            if (i == 50) {
                assertThat(((StreamReply.Refused) first.get(i)).text()).contains("not found");
            } else {
                final StreamReply.Published receipt = (StreamReply.Published) first.get(i);
                nonces.add(receipt.nonce());
                assertThat(((StreamReply.Published) again.get(i)).cid()).isEqualTo(receipt.cid());
            }
        }
        assertThat(nonces).isEqualTo(LongStream.range(0, CONCURRENT - 1).boxed().toList());
    }

    private static List<StreamReply> published(
            final DevnetNode node, final List<StreamMessage> messages) throws Exception {
        final List<CompletableFuture<StreamReply>> replies =
                messages.stream().map(message -> new CompletableFuture<StreamReply>()).toList();
        try (StreamClient client = cluster.stream(node)) {
            client.send(messages, (index, reply) -> replies.get(index).complete(reply));
            final List<StreamReply> all = new ArrayList<>();
            for (final CompletableFuture<StreamReply> reply : replies) {
                all.add(Await.value(reply));
            }
            return all;
        }
    }

    /** I4: one message, and everybody is told of it. */
    @Test
    void shouldMakeOneMessageOfConcurrentPushesUnderOneMsgUuid() throws Exception {
        final UUID requestId = UUID.randomUUID();
        final List<CompletableFuture<JsonNode>> pushes = new ArrayList<>();
        for (int i = 0; i < CONCURRENT; i++) {
            pushes.add(pushing(cluster.node(i % 3), requestId));
        }

        final Set<JsonNode> signed = new HashSet<>();
        for (final CompletableFuture<JsonNode> push : pushes) {
            signed.add(Await.value(push));
        }

        assertThat(signed).hasSize(1);
        for (final DevnetNode node : cluster.nodes()) {
            assertThat(
                            Await.value(
                                            cluster.call(
                                                    node,
                                                    "MpoolGetNonce",
                                                    TextNode.valueOf(account)))
                                    .asLong())
                    .isEqualTo(1);
        }
    }

    @Test
    void shouldNameANewLeaderAndServeAClientWhoseListBeginsWithTheDeadOne() throws Exception {
        final DevnetNode former = cluster.leader();
        try (ClusterClient client = clientOfAll(former)) {
            former.process().kill();

            final JsonNode signed =
                    Await.value(
                                    client.call(
                                            "MpoolPushMessage",
                                            Transfers.of(account, 1),
                                            Transfers.spec(UUID.randomUUID())))
                            .orThrow();

            assertThat(nonce(signed)).isZero();
            for (final DevnetNode survivor : others(former)) {
                assertThat(Await.value(cluster.call(survivor, "RaftLeader")).asText())
                        .isNotEqualTo(former.peerId());
            }
        }
        restart(former);
    }

    /** I2 and I5: the new leader publishes the bytes that the old one signed. */
    @Test
    void shouldFindAMessagePushedJustBeforeTheLeaderDiedUnderItsCid() throws Exception {
        final DevnetNode former = cluster.leader();
        final JsonNode signed = push(former, UUID.randomUUID());
        former.process().kill();

        final DevnetNode survivor = others(former).get(0);
        Await.until("a new leader", () -> !cluster.leader().equals(former));
        final JsonNode found =
                Await.value(
                        cluster.call(
                                survivor,
                                "StateWaitMsg",
                                signed.path("CID"),
                                JsonNodeFactory.instance.numberNode(1),
                                JsonNodeFactory.instance.numberNode(-1),
                                JsonNodeFactory.instance.booleanNode(false)));

        assertThat(found.path("Message")).isEqualTo(signed.path("CID"));
        assertThat(found.path("Receipt").path("ExitCode").asInt(-1)).isZero();
        restart(former);
    }

    /** I4 across a failover: sent before, asked again after; and in flight while it happens. */
    @Test
    void shouldGiveTheSameSignedMessageForAMsgUuidAcrossAFailover() throws Exception {
        final DevnetNode former = cluster.leader();
        final DevnetNode survivor = others(former).get(0);
        final UUID early = UUID.randomUUID();
        final UUID late = UUID.randomUUID();
        final JsonNode before = push(survivor, early);

        final CompletableFuture<JsonNode> inFlight = pushing(survivor, late);
        former.process().kill();

        assertThat(push(survivor, early)).isEqualTo(before);
        // A follower goes on by itself, under the same id, with the next leader.
        final JsonNode after = Await.value(inFlight);
        assertThat(nonce(after)).isEqualTo(1);
        restart(former);
        for (final DevnetNode node : cluster.nodes()) {
            assertThat(push(node, early)).isEqualTo(before);
            assertThat(push(node, late)).isEqualTo(after);
        }
    }

    /** I7: what was committed while it was away. */
    @Test
    void shouldCatchUpWhenANodeRestarts() throws Exception {
        final DevnetNode away = others(cluster.leader()).get(0);
        away.process().askToStop();
        away.process().awaitStop();
        final UUID requestId = UUID.randomUUID();
        final JsonNode signed = push(others(away).get(0), requestId);

        restart(away);

        awaitSameState();
        assertThat(state(away).path("MsgUuids").path(requestId.toString())).isEqualTo(signed);
    }

    @Test
    void shouldTellSubscribersOnAFollowerOfTheChainAndOfThePool() throws Exception {
        try (Channels follower = Channels.to(others(cluster.leader()).get(0))) {
            final long heads = follower.subscribe("ChainNotify");
            final long pool = follower.subscribe("MpoolSub");
            assertThat(pool).isNotEqualTo(heads);

            final JsonNode signed = push(cluster.leader(), UUID.randomUUID());

            // Messages of the test before this one may still be leaving the pool.
            JsonNode update = follower.value(pool);
            while (!update.path("Message").equals(signed)) {
                update = follower.value(pool);
            }
            assertThat(update.path("Type").asInt(-1)).as("added").isZero();
            update = follower.value(pool);
            while (!update.path("Message").equals(signed)) {
                update = follower.value(pool);
            }
            assertThat(update.path("Type").asInt(-1)).as("confirmed").isEqualTo(1);
            final JsonNode current = follower.value(heads).path(0);
            final JsonNode applied = follower.value(heads).path(0);
            assertThat(current.path("Type").asText()).isEqualTo("current");
            assertThat(applied.path("Type").asText()).isEqualTo("apply");
            assertThat(applied.path("Val").path("Height").asLong())
                    .isEqualTo(current.path("Val").path("Height").asLong() + 1);
        }
    }

    @Test
    void shouldPassAnAnswerOfTheChainOnByteForByte() throws Exception {
        Await.until("a tipset", () -> chain.chain().report().height() > 1);
        final String call =
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":"
                        + "\"Filecoin.ChainGetTipSetByHeight\",\"params\":[1,[]]}";
        final byte[] direct = posted(URI.create(chain.url()), "", call);
        assertThat(new String(direct, StandardCharsets.UTF_8)).contains("\"Height\":1");

        for (final DevnetNode node : cluster.nodes()) {
            assertThat(posted(node.api().url("/rpc/v1"), node.token(), call)).isEqualTo(direct);
        }
    }

    private static byte[] posted(final URI url, final String token, final String body)
            throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(url)
                                .header("Authorization", "Bearer " + token)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray())
                .body();
    }

    private JsonNode push(final DevnetNode node, final UUID requestId) throws InterruptedException {
        return Await.value(pushing(node, requestId));
    }

    private CompletableFuture<JsonNode> pushing(final DevnetNode node, final UUID requestId) {
        return cluster.call(
                node, "MpoolPushMessage", Transfers.of(account, 1), Transfers.spec(requestId));
    }

    private static long nonce(final JsonNode signed) {
        return signed.path("Message").path("Nonce").asLong(-1);
    }

    private static JsonNode state(final DevnetNode node) throws InterruptedException {
        return Await.value(cluster.call(node, "RaftState"));
    }

    private static void awaitSameState() throws InterruptedException {
        Await.until(
                "RaftState to be equal on all nodes",
                () -> {
                    final Set<JsonNode> states = new HashSet<>();
                    for (final DevnetNode node : cluster.nodes()) {
                        states.add(state(node));
                    }
                    return states.size() == 1;
                });
    }

    /** The next test finds three nodes that agree; none of this one's bytes was ever rewritten. */
    private static void restart(final DevnetNode node) throws Exception {
        node.process().start();
        cluster.awaitLevel();
        assertThat(chain.chain().report().rewritten()).as("I2").isEmpty();
    }

    private static List<DevnetNode> others(final DevnetNode node) {
        return cluster.nodes().stream().filter(other -> !other.equals(node)).toList();
    }

    /** Of the whole cluster, as {@code FULLNODE_API_INFO} lists it, one node first. */
    private static ClusterClient clientOfAll(final DevnetNode first) {
        return ClusterClient.open(
                Stream.concat(Stream.of(first), others(first).stream())
                        .map(node -> new ApiInfo(node.token(), node.api()).text())
                        .collect(Collectors.joining(",")));
    }
}
