package io.nelumbo.publisher.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.nelumbo.publisher.api.feed.PoolFeed;
import io.nelumbo.publisher.api.push.GatewayFixture;
import io.nelumbo.publisher.api.upstream.UpstreamState;
import io.nelumbo.publisher.chain.filecoin.Network;
import io.nelumbo.publisher.chain.filecoin.SignatureType;
import io.nelumbo.publisher.chain.filecoin.lotus.LotusJson;
import io.nelumbo.publisher.jsonrpc.JsonRpcServer;
import io.nelumbo.publisher.jsonrpc.OtherMethods;
import io.nelumbo.publisher.jsonrpc.ServerLimits;
import io.nelumbo.publisher.jsonrpc.StrictJson;
import io.nelumbo.publisher.pipeline.PublishOutcome;
import io.nelumbo.publisher.wallet.Wallet;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real HTTP: what a Lotus client sees, and each kind of bad input with its own error. */
final class FilecoinApiTest {
    private static final String ID = "7f3c1a52-0b43-4c1e-9a6e-0d7a4f1f2b11";
    private static final String CID =
            "{\"/\":\"bafy2bzacecnamqgqmifpluoeldx7zzglxcljo6oja4vrmtj7432rphldpdmm2\"}";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Tokens tokens = new Tokens(GatewayFixture.filled(32, 9));
    private final String token = tokens.create(List.of(Permission.values()));
    private final GatewayFixture node = new GatewayFixture(GatewayFixture.patience(300, 1));
    private final LotusJson json = new LotusJson(Network.MAINNET);
    private volatile NodeHealth health =
            new NodeHealth(
                    "leader",
                    "LEADER",
                    42,
                    true,
                    0,
                    new KeysHere(true, 2, List.of("f1x")),
                    List.of(
                            new UpstreamState("http://a:1", true, 100, 0, false, ""),
                            new UpstreamState("http://b:1", true, 90, 10, true, "no answer")));
    private Wallet wallet;
    private JsonRpcServer server;
    private URI url;

    @TempDir Path folder;

    @BeforeEach
    void start() throws Exception {
        wallet = Wallet.open(folder.resolve("keystore"));
        final FilecoinApi api =
                new FilecoinApi(
                        node.gateway,
                        node.ports,
                        new NodeDesk(
                                new NodeIdentity(
                                        "12D3KooW", "nelumbo-test", 30, List.of("/ip4/127.0.0.1")),
                                wallet,
                                Runnable::run,
                                1000,
                                tokens,
                                () -> health),
                        json,
                        new PoolFeed(node.ports.ledger(), json, node.ports.executor()));
        server =
                new JsonRpcServer(
                        api.routes(OtherMethods.NONE, OtherMethods.NONE),
                        tokens,
                        ServerLimits.standard());
        final int port = server.listen("127.0.0.1", 0).get(10, TimeUnit.SECONDS);
        url = URI.create("http://127.0.0.1:" + port);
    }

    @AfterEach
    void stop() throws Exception {
        server.close().get(10, TimeUnit.SECONDS);
    }

    @Test
    void shouldPublishAMessageAndShowItEverywhere() throws Exception {
        final JsonNode signed = result(push("v1", message(1), spec()));

        assertThat(signed.at("/Message/Nonce").asInt()).isEqualTo(5);
        assertThat(signed.at("/Message/Params").textValue()).isEmpty();
        assertThat(signed.at("/Signature/Type").asInt()).isEqualTo(1);
        assertThat(result(call("v0", "MpoolGetNonce", text(node.from))).asInt()).isEqualTo(6);
        assertThat(result(call("v0", "MpoolPending", "null"))).containsExactly(signed);
        final JsonNode state = result(call("v1", "RaftState"));
        assertThat(state.at("/NonceMap/" + node.from).asInt()).isEqualTo(5);
        assertThat(state.at("/MsgUuids/" + ID)).isEqualTo(signed);
    }

    @Test
    void shouldPublishABatch() throws Exception {
        final JsonNode signed =
                result(
                        call(
                                "v0",
                                "MpoolBatchPushMessage",
                                "[" + message(1) + "," + message(2) + "]",
                                spec()));

        assertThat(signed).hasSize(2);
        assertThat(signed.at("/1/Message/Nonce").asInt()).isEqualTo(6);
    }

    @Test
    void shouldNameTheMessageThatEndedABatch() throws Exception {
        final String strangers = message(2).replace(node.from.toString(), node.stranger.toString());

        assertApplicationError(
                call(
                        "v1",
                        "MpoolBatchPushMessage",
                        "[" + message(1) + "," + strangers + "," + message(3) + "]",
                        spec()),
                "message 1 of 3: wallet: key for "
                        + node.stranger
                        + " not found; this attempt published nothing; an earlier one under this"
                        + " MsgUuid may have; the 1 before it are committed and stand: the same batch under"
                        + " the same MsgUuid is answered with them, not published again");
        assertThat(node.log.ledger().nextNonce(0)).isEqualTo(6);
    }

    @Test
    void shouldRefuseMissingPermission() throws Exception {
        final String reader = tokens.create(List.of(Permission.READ, Permission.WRITE));

        assertApplicationError(
                post("v1", body("MpoolPushMessage", message(1), "null"), reader),
                "missing permission to invoke 'MpoolPushMessage' (need 'sign')");
        assertApplicationError(
                post("v1", body("MpoolPushMessage", message(1), "null"), null),
                "missing permission to invoke 'MpoolPushMessage' (need 'sign')");
        assertApplicationError(
                post("v1", body("Version"), tokens.create(List.of(Permission.SIGN))),
                "missing permission to invoke 'Version' (need 'read')");
        assertThat(post("v1", body("Version"), "forged").statusCode()).isEqualTo(401);
        assertNothingPublished();
    }

    @Test
    void shouldTellMalformedUnknownAndWrongTypesApart() throws Exception {
        assertError(post("v1", "{\"id\":1,", token), 500, -32700, "malformed JSON");
        assertError(call("v1", "MpoolTeleport"), 500, -32601, "'Filecoin.MpoolTeleport' not found");
        assertError(call("v1", "MpoolPushMessage"), 500, -32602, "expected 1 to 2 params");
        assertError(call("v1", "MpoolPushMessage", "7"), 500, -32602, "to be an object");
        assertError(
                push("v1", message(1).replace("\"Nonce\":0", "\"Nonce\":\"0\""), "null"),
                500,
                -32602,
                "Nonce");
        assertError(
                push("v1", message(1).replace("\"Value\":\"1\"", "\"Value\":1"), "null"),
                500,
                -32602,
                "Value");
        assertError(push("v1", message(1), "{\"MsgUuid\":\"1\"}"), 500, -32602, "a UUID");
        assertError(call("v1", "MpoolGetNonce", "\"f1zzz\""), 500, -32602, "params[0]");
        assertNothingPublished();
    }

    @Test
    void shouldRefuseWhatCannotBePublishedEachInItsOwnWords() throws Exception {
        assertApplicationError(
                push("v1", message(1).replace("\"Nonce\":0", "\"Nonce\":4"), "null"),
                "MpoolPushMessage expects message nonce to be 0, was 4");
        assertApplicationError(
                push(
                        "v1",
                        message(1).replace(node.from.toString(), node.stranger.toString()),
                        "null"),
                "wallet: key for " + node.stranger + " not found");
        assertApplicationError(
                push("v1", message(1).replace("\"Params\":\"\"", params(65_500)), "null"),
                "message too big: expected at most");
        assertError(
                push("v1", message(1).replace("\"Params\":\"\"", params(66_000)), "null"),
                500,
                -32602,
                "message too big");
        assertNothingPublished();
    }

    @Test
    void shouldSayWhenARequestIdIsReused() throws Exception {
        result(push("v1", message(1), spec()));

        assertApplicationError(push("v1", message(2), spec()), "request id reused");
        assertThat(node.log.ledger().nextNonce(0)).isEqualTo(6);
    }

    @Test
    void shouldSayWhenTheNodeIsOverloadedOrHasNoLeader() throws Exception {
        node.script.add(request -> new PublishOutcome.Overloaded("ring", 10));
        assertApplicationError(push("v1", message(1), "null"), "overloaded: ring full");

        for (int i = 0; i < 1000; i++) {
            node.script.add(request -> new PublishOutcome.NotLeading());
        }
        assertApplicationError(
                push("v1", message(1), "null"), "no leader within 300 ms; nothing was published");
        assertThat(node.log.ledger().unconfirmedMessages()).isZero();
    }

    @Test
    void shouldTakeABatchArrayOfCalls() throws Exception {
        final JsonNode answers =
                json(
                        post(
                                "v1",
                                "["
                                        + body("MpoolPushMessage", message(1), spec())
                                        + ","
                                        + body("MpoolPushMessage", message(1), spec())
                                        + "]",
                                token));

        assertThat(answers.at("/0/result")).isEqualTo(answers.at("/1/result"));
        assertThat(node.log.ledger().nextNonce(0)).isEqualTo(6);
    }

    @Test
    void shouldDifferBetweenTheVersionsAsLotusDoes() throws Exception {
        assertThat(result(call("v0", "Version")).toString())
                .isEqualTo("{\"Version\":\"nelumbo-test\",\"APIVersion\":66816,\"BlockDelay\":30}");
        assertThat(result(call("v1", "Version")).get("APIVersion").asInt()).isEqualTo(131840);
        assertError(call("v0", "RaftState"), 500, -32601, "not found");
        assertError(call("v0", "RaftLeader"), 500, -32601, "not found");

        result(call("v0", "StateSearchMsg", CID));
        result(call("v0", "StateWaitMsg", CID, "5"));
        result(call("v1", "StateSearchMsg", "[]", CID, "100", "false"));
        result(call("v1", "StateWaitMsg", CID, "5", "-1", "true"));
        assertThat(node.chain.asked)
                .containsExactly(
                        "Filecoin.StateSearchMsg[[], " + CID + ", -1, true]",
                        "Filecoin.StateWaitMsg[" + CID + ", 5, -1, true]",
                        "Filecoin.StateSearchMsg[[], " + CID + ", 100, false]",
                        "Filecoin.StateWaitMsg[" + CID + ", 5, -1, true]");
    }

    @Test
    void shouldNotHoldOrPassOnWhatElseAClientPutsIntoACidI10() throws Exception {
        final String padded = CID.substring(0, CID.length() - 1) + ",\"pad\":[[],[],[]]}";

        result(call("v0", "StateWaitMsg", padded, "5"));
        result(call("v1", "StateSearchMsg", "[" + padded + "]", padded, "100", "false"));

        assertThat(node.chain.asked).noneMatch(asked -> asked.contains("pad"));
    }

    @Test
    void shouldPassOnWhatTheUpstreamSays() throws Exception {
        node.chain.refusal = "failed to load message";
        assertApplicationError(call("v0", "StateSearchMsg", CID), "failed to load message");

        node.chain.silent = true;
        assertApplicationError(call("v0", "StateSearchMsg", CID), "upstream: chain is silent");
    }

    @Test
    void shouldAskTheChainForTheNonceOfAnAccountThatIsNotOurs() throws Exception {
        node.chain.answer = StrictJson.ANSWERS.read("17".getBytes(UTF_8));

        assertThat(result(call("v1", "MpoolGetNonce", text(node.stranger))).asInt()).isEqualTo(17);
    }

    @Test
    void shouldSayWhoItIsAndWhoLeads() throws Exception {
        assertThat(result(call("v1", "ID")).asText()).isEqualTo("12D3KooW");
        assertThat(result(call("v1", "NetAddrsListen")).toString())
                .isEqualTo("{\"ID\":\"12D3KooW\",\"Addrs\":[\"/ip4/127.0.0.1\"]}");
        assertThat(result(call("v1", "RaftLeader")).asText()).isEqualTo("leader");

        node.cluster.leader = "";
        assertApplicationError(call("v1", "RaftLeader"), "no leader is known");
    }

    @Test
    void shouldMakeAndVerifyTokens() throws Exception {
        final String made =
                new String(
                        Base64.getDecoder()
                                .decode(
                                        result(call("v1", "AuthNew", "[\"read\",\"sign\"]"))
                                                .asText()),
                        UTF_8);

        assertThat(made).isEqualTo(tokens.create(List.of(Permission.READ, Permission.SIGN)));
        assertThat(result(call("v1", "AuthVerify", "\"" + made + "\"")).toString())
                .isEqualTo("[\"read\",\"sign\"]");
        assertError(call("v1", "AuthNew", "[\"root\"]"), 500, -32602, "read, write, sign, admin");
        assertApplicationError(call("v1", "AuthVerify", "\"forged\""), "JWT Verification failed");
    }

    @Test
    void shouldShowTheWallet() throws Exception {
        final String made = wallet.create(SignatureType.SECP256K1).toString();

        assertThat(result(call("v1", "WalletList")).toString()).isEqualTo("[\"" + made + "\"]");
        assertThat(result(call("v1", "WalletHas", "\"" + made + "\"")).asBoolean()).isTrue();
        assertThat(result(call("v1", "WalletHas", text(node.stranger))).asBoolean()).isFalse();
        assertThat(result(call("v1", "WalletBalance", "\"" + made + "\"")).asText())
                .isEqualTo("1000000000000000000");
    }

    @Test
    void shouldTellHealthWithoutAToken() throws Exception {
        assertThat(get("/health/livez").statusCode()).isEqualTo(200);
        assertThat(get("/health/readyz").body())
                .isEqualTo(
                        "{\"ready\":true,\"leader\":\"leader\",\"role\":\"LEADER\","
                                + "\"appliedIndex\":42,\"journalComplete\":true,"
                                + "\"peersRefused\":0,\"walletLocked\":true,"
                                + "\"accountsWithoutKey\":2,\"streamListening\":false,"
                                + "\"streams\":0,\"streamMessagesInFlight\":0,"
                                + "\"upstreamReachable\":true,"
                                + "\"upstreamsHealthy\":1,\"upstreams\":["
                                + "{\"name\":\"http://a:1\",\"healthy\":true,"
                                + "\"reachable\":true,\"height\":100,\"lagEpochs\":0,"
                                + "\"circuitOpen\":false},"
                                + "{\"name\":\"http://b:1\",\"healthy\":false,"
                                + "\"reachable\":true,\"height\":90,\"lagEpochs\":10,"
                                + "\"circuitOpen\":true}]}");

        health =
                new NodeHealth(
                        "", "CANDIDATE", 42, true, 0, new KeysHere(false, 0, List.of()), List.of());
        assertThat(get("/health/readyz").statusCode()).isEqualTo(503);
        assertThat(get("/health/livez").statusCode()).isEqualTo(200);
    }

    private String message(final int value) {
        return json.writeMessage(node.message(value)).toString();
    }

    private static String params(final int sizeBytes) {
        return "\"Params\":\"" + Base64.getEncoder().encodeToString(new byte[sizeBytes]) + "\"";
    }

    private static String spec() {
        return "{\"MaxFee\":\"0\",\"MsgUuid\":\"" + ID + "\",\"MaximizeFeeCap\":false}";
    }

    private static String text(final Object value) {
        return "\"" + value + "\"";
    }

    private void assertNothingPublished() {
        assertThat(node.requests).isEmpty();
        assertThat(node.log.ledger().accountCount()).isZero();
    }

    private HttpResponse<byte[]> push(final String version, final String message, final String spec)
            throws Exception {
        return call(version, "MpoolPushMessage", message, spec);
    }

    private HttpResponse<byte[]> call(
            final String version, final String method, final String... params) throws Exception {
        return post(version, body(method, params), token);
    }

    private static String body(final String method, final String... params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"Filecoin."
                + method
                + "\",\"params\":["
                + String.join(",", params)
                + "]}";
    }

    private HttpResponse<byte[]> post(final String version, final String body, final String bearer)
            throws Exception {
        final HttpRequest.Builder request =
                HttpRequest.newBuilder(url.resolve("/rpc/" + version))
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        if (bearer != null) {
            request.header("Authorization", "Bearer " + bearer);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpResponse<String> get(final String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(url.resolve(path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode result(final HttpResponse<byte[]> response) throws Exception {
        final JsonNode answer = json(response);
        assertThat(answer.path("error").toString()).isEmpty();
        assertThat(response.statusCode()).isEqualTo(200);
        return answer.get("result");
    }

    private static void assertApplicationError(
            final HttpResponse<byte[]> response, final String text) throws Exception {
        assertError(response, 200, 1, text);
    }

    private static void assertError(
            final HttpResponse<byte[]> response,
            final int httpStatus,
            final int code,
            final String text)
            throws Exception {
        final JsonNode error = json(response).path("error");
        assertThat(error.path("message").asText()).contains(text);
        assertThat(error.path("code").asInt()).isEqualTo(code);
        assertThat(response.statusCode()).isEqualTo(httpStatus);
    }

    private static JsonNode json(final HttpResponse<byte[]> response) throws Exception {
        return StrictJson.ANSWERS.read(response.body());
    }
}
