package io.nelumbo.publisher.node;

import io.nelumbo.config.UpstreamConfig;
import io.nelumbo.publisher.chain.Upstream;
import io.nelumbo.publisher.chain.filecoin.lotus.FilecoinUpstream;
import io.nelumbo.publisher.chain.filecoin.lotus.LotusJson;
import io.nelumbo.publisher.chain.filecoin.lotus.LotusNode;
import io.nelumbo.publisher.jsonrpc.ClientConnections;
import io.nelumbo.publisher.jsonrpc.JsonRpcClient;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The Filecoin nodes behind this one, the preferred first. Immutable; any thread.
 *
 * @param json writes addresses with the letter of their network
 */
record FilecoinSide(List<LotusNode> nodes, List<Upstream> upstreams, LotusJson json) {
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);

    /** Nothing but a pool takes more, and that has a bound of its own. */
    private static final int MAX_RESPONSE_BYTES = 1 << 20;

    static FilecoinSide of(
            final List<UpstreamConfig> configs,
            final UpstreamNetwork network,
            final ClientConnections connections) {
        final LotusJson json = new LotusJson(network);
        final List<LotusNode> nodes =
                configs.stream()
                        .flatMap(config -> clients(config, connections))
                        .map(client -> new LotusNode(client, json))
                        .toList();
        final List<Upstream> upstreams =
                nodes.stream().<Upstream>map(node -> new FilecoinUpstream(node, json)).toList();
        return new FilecoinSide(nodes, upstreams, json);
    }

    private static Stream<JsonRpcClient> clients(
            final UpstreamConfig config, final ClientConnections connections) {
        final String token = config.token().isEmpty() ? null : config.token();
        return config.urls().stream()
                .map(
                        url ->
                                new JsonRpcClient(
                                        connections,
                                        url,
                                        token,
                                        REQUEST_TIMEOUT,
                                        MAX_RESPONSE_BYTES));
    }
}
