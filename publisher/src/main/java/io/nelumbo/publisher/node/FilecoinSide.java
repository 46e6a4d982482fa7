package io.nelumbo.publisher.node;

import io.nelumbo.config.UpstreamConfig;
import io.nelumbo.publisher.chain.Upstream;
import io.nelumbo.publisher.chain.filecoin.lotus.FilecoinUpstream;
import io.nelumbo.publisher.chain.filecoin.lotus.LotusJson;
import io.nelumbo.publisher.chain.filecoin.lotus.LotusNode;
import io.nelumbo.publisher.chain.filecoin.lotus.TracedUpstream;
import io.nelumbo.publisher.jsonrpc.AnswerRoom;
import io.nelumbo.publisher.jsonrpc.ClientConnections;
import io.nelumbo.publisher.jsonrpc.JsonRpcClient;
import io.nelumbo.publisher.jsonrpc.RawClient;
import io.nelumbo.publisher.trace.Tracing;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The Filecoin nodes behind this one, the preferred first. Immutable; any thread.
 *
 * @param rawV0 the same nodes at {@code /rpc/v0}, for calls that are passed on
 * @param rawV1 the same at {@code /rpc/v1}
 * @param json writes addresses with the letter of their network
 */
record FilecoinSide(
        List<LotusNode> nodes,
        List<Upstream> upstreams,
        List<RawClient> rawV0,
        List<RawClient> rawV1,
        LotusJson json) {
    /** Nothing but a pool takes more, and that has a bound of its own. */
    private static final int MAX_RESPONSE_BYTES = 1 << 20;

    /** Of one answer that is passed on: the sectors of a large miner take some 50 MB. */
    private static final int MAX_PASSED_BYTES = 64 << 20;

    /** Of all that are arriving: two of the largest, in a heap of two GB. */
    private static final long MAX_ARRIVING_BYTES = 128L << 20;

    private static final String V0 = "/rpc/v0";
    private static final String V1 = "/rpc/v1";

    static FilecoinSide of(
            final List<UpstreamConfig> configs,
            final UpstreamNetwork network,
            final ClientConnections connections,
            final Duration timeout) {
        final LotusJson json = new LotusJson(network);
        final List<LotusNode> nodes =
                configs.stream()
                        .flatMap(config -> clients(config, connections, timeout))
                        .map(client -> new LotusNode(client, json))
                        .toList();
        final List<Upstream> upstreams =
                nodes.stream().<Upstream>map(node -> new FilecoinUpstream(node, json)).toList();
        final AnswerRoom room = new AnswerRoom(MAX_PASSED_BYTES, MAX_ARRIVING_BYTES);
        return new FilecoinSide(
                nodes,
                upstreams,
                configs.stream().flatMap(c -> raw(c, V0, connections, room)).toList(),
                configs.stream().flatMap(c -> raw(c, V1, connections, room)).toList(),
                json);
    }

    /** The same, whose pushes are traced. */
    FilecoinSide traced(final Tracing tracing) {
        return tracing.isOn()
                ? new FilecoinSide(
                        nodes,
                        upstreams.stream()
                                .<Upstream>map(upstream -> new TracedUpstream(upstream, tracing))
                                .toList(),
                        rawV0,
                        rawV1,
                        json)
                : this;
    }

    private static Stream<RawClient> raw(
            final UpstreamConfig config,
            final String path,
            final ClientConnections connections,
            final AnswerRoom room) {
        final String token = config.token().isEmpty() ? null : config.token();
        return config.urls().stream()
                .map(url -> new RawClient(connections, versioned(url, path), token, room));
    }

    /**
     * The same place for another version of the API; a URL that names no version stays as it is.
     */
    static URI versioned(final URI url, final String path) {
        final String text = url.toString();
        final int end = text.indexOf('?') < 0 ? text.length() : text.indexOf('?');
        return text.startsWith(V1, end - V1.length())
                ? URI.create(text.substring(0, end - V1.length()) + path + text.substring(end))
                : url;
    }

    private static Stream<JsonRpcClient> clients(
            final UpstreamConfig config,
            final ClientConnections connections,
            final Duration timeout) {
        final String token = config.token().isEmpty() ? null : config.token();
        return config.urls().stream()
                .map(
                        url ->
                                new JsonRpcClient(
                                        connections, url, token, timeout, MAX_RESPONSE_BYTES));
    }
}
