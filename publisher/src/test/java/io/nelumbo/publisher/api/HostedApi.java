package io.nelumbo.publisher.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.nelumbo.publisher.api.feed.PoolFeed;
import io.nelumbo.publisher.api.push.GatewayFixture;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.Network;
import io.nelumbo.publisher.chain.filecoin.Secp256k1Key;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.lotus.LotusJson;
import io.nelumbo.publisher.fuzz.Door;
import io.nelumbo.publisher.jsonrpc.Caller;
import io.nelumbo.publisher.jsonrpc.DirectCalls;
import io.nelumbo.publisher.jsonrpc.MalformedJson;
import io.nelumbo.publisher.jsonrpc.OtherMethods;
import io.nelumbo.publisher.jsonrpc.StrictJson;
import io.nelumbo.publisher.wallet.Wallet;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The methods of a node that leads, before a client that may do everything and means no good. Every
 * body is answered by a result or by an error of its own; what is answered by an error left the
 * ledger as it was. Owned by one thread.
 */
final class HostedApi {
    /** Everything here answers at once; a machine that is busy, and a JVM that is cold, do not. */
    private static final int PATIENCE_MS = 2000;

    private static final Set<Integer> CODES = Set.of(1, -32700, -32600, -32601, -32602);
    private static final int MAX_SEQUENCES = 500;
    private static final Set<String> ALL = Set.of("read", "write", "sign", "admin");

    private final String version;
    private final Wallet wallet;
    private final Tokens tokens;
    private GatewayFixture node;
    private DirectCalls calls;

    private HostedApi(final String version, final Wallet wallet, final Tokens tokens) {
        this.version = version;
        this.wallet = wallet;
        this.tokens = tokens;
        begin();
    }

    static HostedApi open(final String version, final Path folder, final Tokens tokens) {
        return new HostedApi(version, Wallet.open(folder.resolve("keystore-" + version)), tokens);
    }

    static Door door(final String version, final Path folder, final Tokens tokens) {
        final HostedApi api = open(version, folder, tokens);
        return new Door("rpc-" + version, api.samples(), api::takes);
    }

    /** A ledger that grows would make each answer longer than the one before. */
    private void begin() {
        node = new GatewayFixture(GatewayFixture.patience(PATIENCE_MS, 0));
        final LotusJson json = new LotusJson(Network.MAINNET);
        final FilecoinApi api =
                new FilecoinApi(
                        node.gateway,
                        node.ports,
                        new NodeDesk(
                                new NodeIdentity("12D3KooW", "nelumbo-test", 30, List.of()),
                                wallet,
                                Runnable::run,
                                1000,
                                tokens,
                                () ->
                                        new NodeHealth(
                                                "leader",
                                                "LEADER",
                                                42,
                                                true,
                                                0,
                                                new KeysHere(false, 0, List.of()),
                                                List.of())),
                        json,
                        new PoolFeed(node.ports.ledger(), json, node.ports.executor()));
        calls =
                new DirectCalls(
                        api.routes(OtherMethods.NONE, OtherMethods.NONE)
                                .endpoints()
                                .get("/rpc/" + version));
    }

    private boolean takes(final byte[] body) throws MalformedJson {
        if (sequences() > MAX_SEQUENCES) {
            begin();
        }
        final long before = sequences();
        final JsonNode tree = answer(body);
        if (tree.isMissingNode()) {
            return true;
        }
        boolean taken = true;
        for (final JsonNode each : tree.isArray() ? tree : List.of(tree)) {
            taken &= checked(each);
        }
        // A batch does what stands before its first bad message.
        if (!taken && !new String(body, UTF_8).contains("atch")) {
            assertThat(tree.isArray() || sequences() == before).isTrue();
        }
        return taken;
    }

    /** The answer, missing if nobody expects one. */
    JsonNode answer(final byte[] body) throws MalformedJson {
        final byte[] answer = calls.answer(body, new Caller(ALL, new byte[Tokens.PRINCIPAL_BYTES]));
        return answer.length == 0 ? MissingNode.getInstance() : StrictJson.ANSWERS.read(answer);
    }

    /** How much has happened. */
    long sequences() {
        return node.log.ledger().nextSequence();
    }

    /** A message that can be published, with nonce 0. */
    String message() {
        return new LotusJson(Network.MAINNET).writeMessage(node.message(1)).toString();
    }

    /** A call of an Ethereum account that is not ours. */
    String ethereumMessage(final byte[] params) {
        final String sender = "f410fkkld55ioe7qg24wvt7fu6pbknb56ht7pt4zamxa";
        return message()
                .replace(node.from.toString(), sender)
                .replace("\"Method\":0", "\"Method\":3844450837")
                .replace(
                        "\"Params\":\"\"",
                        "\"Params\":\"" + Base64.getEncoder().encodeToString(params) + '"');
    }

    private static boolean checked(final JsonNode answer) {
        final JsonNode error = answer.path("error");
        assertThat(answer.has("result") || error.isObject()).as("%s", answer).isTrue();
        if (error.isObject()) {
            assertThat(CODES).contains(error.path("code").intValue());
            assertThat(error.path("message").asText())
                    .isNotEmpty()
                    .hasSizeLessThan(4096)
                    .doesNotContain("internal error")
                    .doesNotContain("Exception")
                    .doesNotContain("\tat ");
        }
        return !error.isObject();
    }

    private List<byte[]> samples() {
        final String from = '"' + node.from.toString() + '"';
        final LotusJson json = new LotusJson(Network.MAINNET);
        final String message = json.writeMessage(node.message(1)).toString();
        final SignedFilecoinMessage own = foreign();
        final String signed = json.writeSigned(own).toString();
        final String signature = json.writeSignature(own.signature()).toString();
        final String cid = json.writeCid(node.message(1).cid()).toString();
        final String spec =
                "{\"MsgUuid\":\"7f3c1a52-0b43-4c1e-9a6e-0d7a4f1f2b11\",\"MaxFee\":\"9000\"}";
        final String token = '"' + tokens.create(List.of(Permission.READ)) + '"';
        final boolean v1 = version.equals("v1");
        return Stream.of(
                        call("MpoolPushMessage", message + "," + spec),
                        call("MpoolPushMessage", message + ",null"),
                        call("MpoolBatchPushMessage", "[" + message + "," + message + "]," + spec),
                        call("MpoolPush", signed),
                        call("MpoolBatchPush", "[" + signed + "," + signed + "]"),
                        call("MpoolClear", "false"),
                        call("WalletVerify", from + ",\"AAEC\"," + signature),
                        call("MpoolGetNonce", from),
                        call("MpoolPending", "null"),
                        call("WalletBalance", from),
                        call("WalletHas", from),
                        call("AuthVerify", token),
                        call("AuthNew", "[\"read\",\"write\"]"),
                        call("StateSearchMsg", v1 ? "[]," + cid + ",-1,true" : cid),
                        call("StateWaitMsg", v1 ? cid + ",5,-1,true" : cid + ",5"),
                        call("Version", ""),
                        "[" + call("ID", "") + "," + call("WalletList", "") + "]")
                .map(text -> text.getBytes(UTF_8))
                .toList();
    }

    /** At the first nonce of its account, which no wallet here signs for. */
    private SignedFilecoinMessage foreign() {
        final Secp256k1Key key = Secp256k1Key.of(GatewayFixture.filled(32, 2));
        final FilecoinMessage message =
                node.message(1)
                        .withFrom(key.address())
                        .withNonce(5)
                        .withGas(100_000, BigInteger.valueOf(200), BigInteger.TEN);
        return new SignedFilecoinMessage(message, key.sign(message.cid().bytes()));
    }

    static String call(final String method, final String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"Filecoin."
                + method
                + "\",\"params\":["
                + params
                + "]}";
    }
}
