package io.nelumbo.publisher.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.nelumbo.publisher.api.feed.PoolFeed;
import io.nelumbo.publisher.api.push.GatewayFixture;
import io.nelumbo.publisher.chain.filecoin.Network;
import io.nelumbo.publisher.chain.filecoin.lotus.LotusJson;
import io.nelumbo.publisher.jsonrpc.Caller;
import io.nelumbo.publisher.jsonrpc.Endpoint;
import io.nelumbo.publisher.jsonrpc.JsonRpcError;
import io.nelumbo.publisher.jsonrpc.MalformedJson;
import io.nelumbo.publisher.jsonrpc.OtherMethods;
import io.nelumbo.publisher.jsonrpc.Params;
import io.nelumbo.publisher.jsonrpc.StrictJson;
import io.nelumbo.publisher.wallet.Wallet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The methods as they are behind the server: what a caller with some permissions gets. */
final class ApiTable {
    private final Map<String, Endpoint> endpoints;

    ApiTable(final GatewayFixture node, final Wallet wallet) {
        this(node, wallet, Runnable::run);
    }

    /**
     * @param disk where the keystore's work is done
     */
    ApiTable(final GatewayFixture node, final Wallet wallet, final Executor disk) {
        endpoints =
                new FilecoinApi(
                                node.gateway,
                                node.ports,
                                new NodeDesk(
                                        new NodeIdentity("12D3KooW", "test", 30, List.of()),
                                        wallet,
                                        disk,
                                        1000,
                                        new Tokens(GatewayFixture.filled(32, 9)),
                                        () ->
                                                new NodeHealth(
                                                        "",
                                                        "",
                                                        0,
                                                        true,
                                                        0,
                                                        new KeysHere(false, 0, List.of()),
                                                        List.of())),
                                new LotusJson(Network.MAINNET),
                                new PoolFeed(
                                        node.ports.ledger(),
                                        new LotusJson(Network.MAINNET),
                                        node.ports.executor()))
                        .routes(OtherMethods.NONE, OtherMethods.NONE)
                        .endpoints();
    }

    /** What the method answers to whoever may do anything. */
    JsonNode answer(final String version, final String method, final String... params)
            throws Exception {
        return call(
                version,
                method,
                Stream.of(Permission.values()).map(Permission::text).collect(Collectors.toSet()),
                params);
    }

    /** The error that the method answers with. */
    String refusal(final String method, final String... params) throws Exception {
        try {
            return "answered " + answer("v1", method, params);
        } catch (final JsonRpcError error) {
            return error.text();
        }
    }

    /** The error that a caller with one permission gets; empty if it is not about permissions. */
    String missing(final String method, final Permission only) throws Exception {
        try {
            call("v1", method, Set.of(only.text()));
        } catch (final JsonRpcError error) {
            return error.text().startsWith("missing permission") ? error.text() : "";
        }
        return "";
    }

    private JsonNode call(
            final String version,
            final String method,
            final Set<String> permissions,
            final String... params)
            throws Exception {
        final JsonNode[] nodes = new JsonNode[params.length];
        for (int i = 0; i < params.length; i++) {
            nodes[i] = json(params[i]);
        }
        try {
            return endpoints
                    .get("/rpc/" + version)
                    .methods()
                    .get("Filecoin." + method)
                    .call(Params.of(nodes), new Caller(permissions, GatewayFixture.PRINCIPAL))
                    .get(20, TimeUnit.SECONDS);
        } catch (final ExecutionException failed) {
            if (failed.getCause() instanceof JsonRpcError error) {
                throw error;
            }
            throw failed;
        }
    }

    static JsonNode json(final String text) throws MalformedJson {
        return StrictJson.ANSWERS.read(text.getBytes(UTF_8));
    }
}
