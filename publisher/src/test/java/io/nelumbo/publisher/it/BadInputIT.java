package io.nelumbo.publisher.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.nelumbo.publisher.cli.devnet.DevnetNode;
import io.nelumbo.publisher.devchain.DevChainOptions;
import io.nelumbo.publisher.devchain.DevChainServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What clients send to a cluster, good and bad, over HTTP. Each test has an account of its own. */
final class BadInputIT {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final long TIPSET_MS = 200;
    private static final int INVALID_PARAMS = -32602;

    /** Errors may write it with either network's letter. */
    private static final String STRANGER = "t1d2xrzcslx7xlbbylc5c3d5lvandqw4iwl6epxba";

    @RegisterExtension static final Workplace WORKPLACE = new Workplace();

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static DevChainServer chain;
    private static RealCluster cluster;

    private record Answer(int httpStatus, JsonNode error) {}

    @BeforeAll
    static void startACluster() throws Exception {
        chain = WORKPLACE.add(DevChainServer.start(DevChainOptions.every(TIPSET_MS), 0));
        cluster = WORKPLACE.add(RealCluster.make(WORKPLACE.folder("cluster"), 5, chain.url(), ""));
        cluster.start();
    }

    @Test
    void shouldRefuseBadInputInItsOwnWordsAndConsumeNothing() throws Exception {
        final String account = cluster.account(0);
        final UUID used = UUID.randomUUID();
        push(cluster.node(0), Transfers.of(account, 1), used);

        for (final DevnetNode node : cluster.nodes()) {
            refuseWhatIsNoCall(node, account);
            refuseWhoMayNot(node, account);
            refuseWhatCannotBePublished(node, account, used);
        }

        for (final DevnetNode node : cluster.nodes()) {
            assertThat(nonce(node, account)).isEqualTo(1);
        }
        cluster.awaitLevel();
        for (final DevnetNode node : cluster.nodes()) {
            assertThat(RealCluster.journaled(node, account))
                    .singleElement()
                    .satisfies(message -> assertThat(message.requestId()).isEqualTo(used));
            assertThat(RealCluster.journaled(node, STRANGER)).isEmpty();
        }
    }

    private void refuseWhatIsNoCall(final DevnetNode node, final String account) throws Exception {
        assertError(
                post(node, "{\"jsonrpc\":\"2.0\",", node.token()), 500, -32700, "malformed JSON");
        assertError(
                post(node, call("MpoolTeleport"), node.token()),
                500,
                -32601,
                "method 'Filecoin.MpoolTeleport' not found");
        assertError(
                post(node, call("MpoolPushMessage"), node.token()),
                500,
                INVALID_PARAMS,
                "expected 1 to 2 params");
        assertError(
                refused(node, NODES.numberNode(7), NODES.nullNode()),
                500,
                INVALID_PARAMS,
                "to be an object");
        assertError(
                refused(node, Transfers.of(account, 1).put("Value", 1)),
                500,
                INVALID_PARAMS,
                "Value");
        assertError(
                refused(node, Transfers.of(account, 1), NODES.objectNode().put("MsgUuid", "1")),
                500,
                INVALID_PARAMS,
                "a UUID");
    }

    /** I12 for clients. */
    private void refuseWhoMayNot(final DevnetNode node, final String account) throws Exception {
        final String push = call("MpoolPushMessage", Transfers.of(account, 1));
        assertError(
                post(node, push, null),
                200,
                1,
                "missing permission to invoke 'MpoolPushMessage' (need 'sign')");
        assertError(post(node, push, node.token() + "x"), 401, 1, "token refused");
    }

    private void refuseWhatCannotBePublished(
            final DevnetNode node, final String account, final UUID used) throws Exception {
        assertError(
                refused(node, Transfers.of(account, 1).put("Nonce", 4)),
                200,
                1,
                "MpoolPushMessage expects message nonce to be 0, was 4");
        assertError(
                refused(node, Transfers.of(STRANGER, 1)),
                200,
                1,
                STRANGER.substring(1) + " not found");
        assertError(
                refused(node, Transfers.of(account, 2), Transfers.spec(used)),
                200,
                1,
                "request id reused: ");
        assertError(
                refused(node, withParams(account, 65_500)),
                200,
                1,
                "message too big: expected at most 65459 bytes unsigned but was ");
        assertError(
                refused(node, withParams(account, 66_000)), 500, INVALID_PARAMS, "message too big");
        assertError(
                refused(node, Transfers.of(account, 1).put("Value", "1" + "0".repeat(40))),
                200,
                1,
                "'Value' field cannot be greater than total filecoin supply");
        // More than the chain gave the account, less than there is.
        assertError(
                refused(node, Transfers.of(account, 1).put("Value", "15" + "0".repeat(26))),
                200,
                1,
                "mpool push: not enough funds: ");
    }

    /** I4, however the retries of a client overlap. */
    @Test
    void shouldMakeOneMessageOfConcurrentPushesUnderOneRequestId() throws Exception {
        final String account = cluster.account(1);
        final int requests = 10;

        for (int i = 0; i < requests; i++) {
            final UUID requestId = UUID.randomUUID();
            final List<CompletableFuture<JsonNode>> answers = new ArrayList<>();
            for (final DevnetNode node : cluster.nodes()) {
                answers.add(pushing(node, Transfers.of(account, i), requestId));
            }
            final JsonNode first = Await.value(answers.get(0));
            assertThat(first.path("Message").path("Nonce").asLong()).isEqualTo(i);
            for (final CompletableFuture<JsonNode> answer : answers) {
                assertThat(Await.value(answer)).isEqualTo(first);
            }
        }

        for (final DevnetNode node : cluster.nodes()) {
            assertThat(nonce(node, account)).isEqualTo(requests);
        }
    }

    /** I1 across nodes. */
    @Test
    void shouldGiveAHundredConcurrentPushesTheNoncesFromZero() throws Exception {
        final String account = cluster.account(2);
        final List<CompletableFuture<JsonNode>> answers = new ArrayList<>();

        for (int i = 0; i < 100; i++) {
            answers.add(pushing(cluster.node(i % 3), Transfers.of(account, i), UUID.randomUUID()));
        }

        final List<Long> nonces = new ArrayList<>();
        for (final CompletableFuture<JsonNode> answer : answers) {
            nonces.add(Await.value(answer).path("Message").path("Nonce").asLong());
        }
        assertThat(nonces)
                .containsExactlyInAnyOrderElementsOf(LongStream.range(0, 100).boxed().toList());
    }

    /** A batch under one request id is as good as its messages under one each. */
    @Test
    void shouldPublishABatchInItsOrderAndOnce() throws Exception {
        final String account = cluster.account(3);
        final ArrayNode batch = NODES.arrayNode();
        for (int i = 0; i < 20; i++) {
            batch.add(Transfers.of(account, 100 + i));
        }
        final ObjectNode spec = Transfers.spec(UUID.randomUUID());

        final JsonNode answer = batchAnswer(cluster.node(1), batch, spec);
        final JsonNode again = batchAnswer(cluster.node(2), batch, spec);

        assertThat(answer).hasSize(20);
        for (int i = 0; i < 20; i++) {
            final JsonNode message = answer.get(i).path("Message");
            assertThat(message.path("Nonce").asLong()).isEqualTo(i);
            assertThat(message.path("Value").asText()).isEqualTo(Integer.toString(100 + i));
        }
        assertThat(again).isEqualTo(answer);
    }

    /** I7 as clients see it. */
    @Test
    void shouldShowTheSameRaftStateOnAllNodes() throws Exception {
        final String account = cluster.account(4);
        final UUID requestId = UUID.randomUUID();

        final JsonNode signed = push(cluster.node(2), Transfers.of(account, 1), requestId);

        cluster.awaitLevel();
        final List<JsonNode> states = new ArrayList<>();
        for (final DevnetNode node : cluster.nodes()) {
            states.add(Await.value(cluster.call(node, "RaftState")));
        }
        assertThat(states).allMatch(state -> state.equals(states.get(0)));
        assertThat(states.get(0).path("NonceMap").path(account).asLong(-1)).isZero();
        assertThat(states.get(0).path("MsgUuids").path(requestId.toString())).isEqualTo(signed);
    }

    private static JsonNode batchAnswer(
            final DevnetNode node, final ArrayNode batch, final ObjectNode spec)
            throws InterruptedException {
        return Await.value(cluster.call(node, "MpoolBatchPushMessage", batch, spec));
    }

    private static CompletableFuture<JsonNode> pushing(
            final DevnetNode node, final ObjectNode message, final UUID requestId) {
        return cluster.call(node, "MpoolPushMessage", message, Transfers.spec(requestId));
    }

    private static JsonNode push(
            final DevnetNode node, final ObjectNode message, final UUID requestId)
            throws InterruptedException {
        return Await.value(pushing(node, message, requestId));
    }

    private static long nonce(final DevnetNode node, final String account)
            throws InterruptedException {
        return Await.value(cluster.call(node, "MpoolGetNonce", TextNode.valueOf(account))).asLong();
    }

    private static ObjectNode withParams(final String account, final int bytes) {
        return Transfers.of(account, 1)
                .put("Params", Base64.getEncoder().encodeToString(new byte[bytes]));
    }

    private static Answer refused(final DevnetNode node, final JsonNode... params)
            throws IOException, InterruptedException {
        return post(node, call("MpoolPushMessage", params), node.token());
    }

    private static String call(final String method, final JsonNode... params) {
        final ObjectNode call =
                NODES.objectNode()
                        .put("jsonrpc", "2.0")
                        .put("id", 1)
                        .put("method", "Filecoin." + method);
        call.putArray("params").addAll(List.of(params));
        return call.toString();
    }

    private static Answer post(
            final DevnetNode node, final String body, final @Nullable String token)
            throws IOException, InterruptedException {
        final HttpRequest.Builder request =
                HttpRequest.newBuilder(node.api().url("/rpc/v1"))
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        final HttpResponse<String> response =
                HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(
                response.statusCode(), new ObjectMapper().readTree(response.body()).path("error"));
    }

    private static void assertError(
            final Answer answer, final int httpStatus, final int code, final String text) {
        assertThat(answer.error().path("message").asText()).contains(text);
        assertThat(answer.error().path("code").asInt()).isEqualTo(code);
        assertThat(answer.httpStatus()).isEqualTo(httpStatus);
    }
}
