package io.nelumbo.publisher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.nelumbo.config.ApiInfo;
import io.nelumbo.config.MalformedAddress;
import io.nelumbo.publisher.client.ClientOptions;
import io.nelumbo.publisher.client.ClusterClient;
import io.nelumbo.publisher.client.Reply;
import io.nelumbo.publisher.node.NodeFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

/**
 * Calls the nodes that a command is about, and ends the command when there is no answer. Owned by
 * the command's thread.
 */
final class NodeClient {
    /** As Lotus clients know it. */
    static final String VARIABLE = "FULLNODE_API_INFO";

    /** Somebody sits and waits: each node once, and then they are told. */
    private static final ClientOptions PATIENCE =
            ClientOptions.standard()
                    .withDeadline(Duration.ofMinutes(3))
                    .withNodeTimeout(Duration.ofMinutes(1))
                    .withRounds(1);

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
     * @throws CommandFailure if a node refuses the call, or none answers it
     */
    JsonNode call(final String method, final JsonNode... params) {
        // One call at a time, so a look-up of names may hold up the event loop; it finds what every
        // other program on this machine finds, and a resolver of Vert.x's own would start slower.
        System.setProperty("vertx.disableDnsResolver", "true");
        final Reply<JsonNode> reply;
        try (ClusterClient cluster = ClusterClient.open(nodes, PATIENCE)) {
            reply = cluster.call(method, params).join();
        }
        if (reply instanceof Reply.Answered<JsonNode> answered) {
            return answered.value();
        }
        throw new CommandFailure(
                reply instanceof Reply.Refused<JsonNode>
                        ? ExitCodes.BAD_ANSWER
                        : ExitCodes.UNREACHABLE,
                reply.text());
    }

    private static ApiInfo ofFolder(final Session session) throws IOException {
        final NodeFolder folder = session.nodeFolder();
        final String token = Files.exists(folder.tokenFile()) ? folder.adminToken() : "";
        return new ApiInfo(token, ApiAddress.of(folder, session.config()));
    }
}
