package io.nelumbo.publisher.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelumbo.publisher.api.push.Cluster;
import io.nelumbo.publisher.jsonrpc.Caller;
import io.nelumbo.publisher.jsonrpc.JsonRpcError;
import io.nelumbo.publisher.jsonrpc.JsonRpcMethod;
import io.nelumbo.publisher.jsonrpc.Params;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Who this node is, who leads, and tokens. Any thread. */
final class NodeMethods {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final NodeIdentity identity;
    private final Tokens tokens;
    private final Cluster cluster;

    NodeMethods(final NodeDesk desk, final Cluster cluster) {
        this.identity = desk.identity();
        this.tokens = desk.tokens();
        this.cluster = cluster;
    }

    /** {@code Version} of an API version; a client insists on its major and minor. */
    JsonRpcMethod version(final int apiVersion) {
        return (params, caller) ->
                CompletableFuture.completedFuture(
                        NODES.objectNode()
                                .put("Version", identity.version())
                                .put("APIVersion", apiVersion)
                                .put("BlockDelay", identity.blockDelaySeconds()));
    }

    /** {@code ID}. */
    CompletableFuture<JsonNode> id(final Params params, final Caller caller) {
        return CompletableFuture.completedFuture(NODES.textNode(identity.peerId()));
    }

    /** {@code NetAddrsListen}. */
    CompletableFuture<JsonNode> listenAddresses(final Params params, final Caller caller) {
        final ObjectNode node = NODES.objectNode().put("ID", identity.peerId());
        final ArrayNode addresses = node.putArray("Addrs");
        identity.listenAddresses().forEach(addresses::add);
        return CompletableFuture.completedFuture(node);
    }

    /** {@code RaftLeader}. */
    CompletableFuture<JsonNode> raftLeader(final Params params, final Caller caller) {
        return CompletableFuture.completedFuture(
                NODES.textNode(
                        cluster.leader()
                                .orElseThrow(
                                        () ->
                                                JsonRpcError.application(
                                                        "no leader is known; an election takes"
                                                                + " seconds, ask again"))));
    }

    /** {@code AuthVerify}: [token] to its permissions. */
    CompletableFuture<JsonNode> authVerify(final Params params, final Caller caller) {
        final Set<String> permissions = tokens.verify(params.expect(1, 1).text(0));
        if (permissions == null) {
            throw JsonRpcError.application("JWT Verification failed: not made by this cluster");
        }
        final ArrayNode allowed = NODES.arrayNode();
        permissions.forEach(allowed::add);
        return CompletableFuture.completedFuture(allowed);
    }

    /** {@code AuthNew}: [[permission]] to the token's text, as Go writes bytes. */
    CompletableFuture<JsonNode> authNew(final Params params, final Caller caller) {
        final List<Permission> permissions = new ArrayList<>();
        for (final JsonNode name : params.expect(1, 1).array(0)) {
            permissions.add(permission(name));
        }
        final byte[] token = tokens.create(permissions).getBytes(UTF_8);
        return CompletableFuture.completedFuture(
                NODES.textNode(Base64.getEncoder().encodeToString(token)));
    }

    private static Permission permission(final JsonNode name) {
        for (final Permission permission : Permission.values()) {
            if (permission.text().equals(name.textValue())) {
                return permission;
            }
        }
        throw JsonRpcError.invalidParams(
                "expected permissions among "
                        + List.of(Permission.values()).toString().toLowerCase(Locale.ROOT)
                        + " but was another");
    }
}
