package io.nelumbo.publisher.node;

import io.nelumbo.config.UpstreamConfig;
import io.nelumbo.publisher.chain.Upstream;
import io.nelumbo.publisher.chain.filecoin.Network;
import io.nelumbo.publisher.chain.filecoin.lotus.FilecoinUpstream;
import io.nelumbo.publisher.chain.filecoin.lotus.LotusJson;
import io.nelumbo.publisher.chain.filecoin.lotus.LotusNode;
import io.nelumbo.publisher.jsonrpc.JsonRpcClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Filecoin nodes behind this one, the preferred first. Immutable; any thread.
 *
 * @param network whose letter addresses are written with
 */
record FilecoinSide(List<LotusNode> nodes, List<Upstream> upstreams, Network network) {
    private static final Logger LOG = LoggerFactory.getLogger(FilecoinSide.class);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
    private static final int MAX_RESPONSE_BYTES = 64 << 20;
    private static final long NAME_TIMEOUT_S = 3;
    private static final String MAINNET = "mainnet";

    static FilecoinSide of(final List<UpstreamConfig> configs) {
        final List<JsonRpcClient> clients =
                configs.stream()
                        .flatMap(
                                config ->
                                        config.urls().stream()
                                                .map(
                                                        url ->
                                                                new JsonRpcClient(
                                                                        url,
                                                                        config.token().isEmpty()
                                                                                ? null
                                                                                : config.token(),
                                                                        REQUEST_TIMEOUT,
                                                                        MAX_RESPONSE_BYTES)))
                        .toList();
        final Network network = networkOf(clients);
        final LotusJson json = new LotusJson(network);
        final List<LotusNode> nodes =
                clients.stream().map(client -> new LotusNode(client, json)).toList();
        final List<Upstream> upstreams =
                nodes.stream().<Upstream>map(node -> new FilecoinUpstream(node, json)).toList();
        return new FilecoinSide(nodes, upstreams, network);
    }

    /** What the first node that answers says; the letter is for humans, so a guess will do. */
    private static Network networkOf(final List<JsonRpcClient> clients) {
        final LotusJson json = new LotusJson(Network.MAINNET);
        for (final JsonRpcClient client : clients) {
            final String name =
                    new LotusNode(client, json)
                            .networkName()
                            .orTimeout(NAME_TIMEOUT_S, TimeUnit.SECONDS)
                            .exceptionally(failure -> "")
                            .join();
            if (!name.isEmpty()) {
                return name.equals(MAINNET) ? Network.MAINNET : Network.TESTNET;
            }
        }
        LOG.warn("no upstream says which network this is; addresses are written as on mainnet");
        return Network.MAINNET;
    }
}
