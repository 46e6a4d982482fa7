package io.nelumbo.publisher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.nelumbo.config.ApiInfo;
import io.nelumbo.config.MalformedAddress;
import io.nelumbo.publisher.jsonrpc.ClientConnections;
import io.nelumbo.publisher.jsonrpc.JsonRpcClient;
import io.nelumbo.publisher.jsonrpc.JsonRpcFailure;
import io.nelumbo.publisher.node.NodeFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;

/**
 * Calls a node's methods: the first of several that answers. Only for calls that may be made twice,
 * because what became of a call to a node that broke off is not known. Owned by the command's
 * thread.
 */
final class NodeClient {
    /** As Lotus clients know it. */
    static final String VARIABLE = "FULLNODE_API_INFO";

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int MAX_RESPONSE_BYTES = 256 * 1024 * 1024;

    private final List<ApiInfo> nodes;

    private NodeClient(final List<ApiInfo> nodes) {
        this.nodes = nodes;
    }

    /** The node of a folder that the user named; else those of the variable; else the usual one. */
    static NodeClient of(final Session session) throws IOException {
        final String variable = session.environment().getOrDefault(VARIABLE, "");
        if (session.namesFolder() || variable.isBlank()) {
            return new NodeClient(List.of(ofFolder(session)));
        }
        try {
            return new NodeClient(ApiInfo.parseList(variable));
        } catch (final MalformedAddress e) {
            throw new CommandFailure(ExitCodes.USAGE, "$" + VARIABLE + ": " + e.getMessage());
        }
    }

    /**
     * Calls a method.
     *
     * @param method without its prefix, {@code MpoolGetNonce}
     * @throws CommandFailure if a node refuses the call, or none can be reached
     */
    JsonNode call(final String method, final JsonNode... params) {
        // One call at a time, so a look-up of names may hold up the event loop; it finds what every
        // other program on this machine finds, and a resolver of Vert.x's own would start slower.
        System.setProperty("vertx.disableDnsResolver", "true");
        try (ClientConnections connections = ClientConnections.open()) {
            return call(connections, "Filecoin." + method, params);
        }
    }

    private JsonNode call(
            final ClientConnections connections, final String method, final JsonNode... params) {
        final List<String> silent = new ArrayList<>();
        for (final ApiInfo node : nodes) {
            try {
                return client(connections, node).call(method, params).join();
            } catch (final CompletionException e) {
                if (e.getCause() instanceof JsonRpcFailure.ErrorAnswer refused) {
                    throw new CommandFailure(ExitCodes.BAD_ANSWER, refused.text());
                }
                if (!(e.getCause() instanceof JsonRpcFailure unanswered)) {
                    throw e;
                }
                silent.add(String.valueOf(unanswered.getMessage()));
            }
        }
        throw new CommandFailure(
                ExitCodes.UNREACHABLE, "no node answered: " + String.join("; ", silent));
    }

    private static JsonRpcClient client(final ClientConnections connections, final ApiInfo node) {
        return new JsonRpcClient(
                connections,
                node.rpcUrl(),
                node.token().isEmpty() ? null : node.token(),
                TIMEOUT,
                MAX_RESPONSE_BYTES);
    }

    private static ApiInfo ofFolder(final Session session) throws IOException {
        final NodeFolder folder = session.nodeFolder();
        final String token = Files.exists(folder.tokenFile()) ? folder.adminToken() : "";
        return new ApiInfo(token, ApiAddress.of(folder, session.config()));
    }
}
