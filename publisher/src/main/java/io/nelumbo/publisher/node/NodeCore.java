package io.nelumbo.publisher.node;

import io.nelumbo.config.Multiaddr;
import io.nelumbo.config.NodeConfig;
import io.nelumbo.publisher.api.FilecoinApi;
import io.nelumbo.publisher.api.KeysHere;
import io.nelumbo.publisher.api.NodeDesk;
import io.nelumbo.publisher.api.NodeHealth;
import io.nelumbo.publisher.api.NodeIdentity;
import io.nelumbo.publisher.api.StreamState;
import io.nelumbo.publisher.api.Tokens;
import io.nelumbo.publisher.api.feed.PoolFeed;
import io.nelumbo.publisher.api.proxy.Proxy;
import io.nelumbo.publisher.api.proxy.ProxyPorts;
import io.nelumbo.publisher.api.push.Gateway;
import io.nelumbo.publisher.api.push.GatewayPorts;
import io.nelumbo.publisher.api.stream.GatewayDesk;
import io.nelumbo.publisher.api.stream.StreamLimits;
import io.nelumbo.publisher.api.stream.StreamServer;
import io.nelumbo.publisher.api.upstream.UpstreamState;
import io.nelumbo.publisher.jsonrpc.JsonRpcServer;
import io.nelumbo.publisher.jsonrpc.ServerLimits;
import io.nelumbo.publisher.publish.Publisher;
import io.nelumbo.publisher.wallet.Wallet;
import io.nelumbo.statemachine.raft.RaftNode;
import io.nelumbo.statemachine.raft.RaftStatus;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running node without its API: what {@link NodeStart} put together. Immutable; closed by the
 * thread that started it.
 */
record NodeCore(
        NodeIdentity identity,
        Wallet wallet,
        Executor keystore,
        FilecoinSide filecoin,
        GatewayPorts ports,
        ProxyPorts proxy,
        PoolFeed feed,
        Gateway gateway,
        Publisher publisher,
        KeyCensus keys,
        RaftNode replica,
        OpenParts open)
        implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeCore.class);

    /** The binary door into this node, if it shall have one; it closes with the core. */
    @Nullable StreamServer stream(final Tokens tokens, final NodeConfig config) {
        final Multiaddr wanted = config.api().streamListenAddress().orElse(null);
        if (wanted == null) {
            return null;
        }
        try {
            final StreamServer stream =
                    open.add(
                            StreamServer.start(
                                    new InetSocketAddress(wanted.host(), wanted.port()),
                                    tokens,
                                    new GatewayDesk(gateway),
                                    StreamLimits.standard()));
            LOG.info("binary door at {}", wanted.withPort(stream.port()));
            return stream;
        } catch (final IOException e) {
            throw new NodeRefused(
                    "cannot listen at [API] StreamListenAddress "
                            + wanted
                            + ": "
                            + (e.getCause() == null ? e : e.getCause()).getMessage());
        }
    }

    /** The API over this node; the caller lets it listen. */
    JsonRpcServer server(
            final Tokens tokens, final NodeConfig config, final @Nullable StreamServer stream) {
        final NodeDesk desk =
                new NodeDesk(
                        identity,
                        wallet,
                        keystore,
                        config.pipeline().maxUnconfirmedMessages(),
                        tokens,
                        () -> health().with(state(stream)));
        return new JsonRpcServer(
                new FilecoinApi(gateway, ports, desk, filecoin.json(), feed)
                        .routes(Proxy.v0(proxy), Proxy.v1(proxy)),
                tokens,
                ServerLimits.standard()
                        .withMaxBodyBytes(config.api().maxRequestBytes())
                        .withRequestTimeout(config.api().requestTimeout()),
                config.cluster().tracing());
    }

    @Override
    public void close() throws IOException {
        open.close();
    }

    private static StreamState state(final @Nullable StreamServer stream) {
        return stream == null
                ? StreamState.NONE
                : new StreamState(true, stream.streams(), stream.messagesInFlight());
    }

    private NodeHealth health() {
        return health(replica.status(), keys.count(), proxy.watch().states());
    }

    /** What a replica's state means to whoever watches the node. */
    static NodeHealth health(
            final RaftStatus status, final KeysHere keys, final List<UpstreamState> upstreams) {
        return new NodeHealth(
                status.leader(),
                status.role(),
                status.appliedIndex(),
                status.journalComplete(),
                status.peersRefused(),
                keys,
                upstreams);
    }
}
