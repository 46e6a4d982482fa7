package io.nelumbo.publisher.api.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.TextNode;
import io.nelumbo.publisher.api.upstream.CallRoom;
import io.nelumbo.publisher.api.upstream.UpstreamWatch;
import io.nelumbo.publisher.chain.Upstream;
import io.nelumbo.publisher.jsonrpc.AnswerRoom;
import io.nelumbo.publisher.jsonrpc.Caller;
import io.nelumbo.publisher.jsonrpc.ClientConnections;
import io.nelumbo.publisher.jsonrpc.Endpoint;
import io.nelumbo.publisher.jsonrpc.JsonRpcMethod;
import io.nelumbo.publisher.jsonrpc.JsonRpcServer;
import io.nelumbo.publisher.jsonrpc.RawClient;
import io.nelumbo.publisher.jsonrpc.Routes;
import io.nelumbo.publisher.jsonrpc.ServerLimits;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A node's API in front of two upstreams: real HTTP on both sides. A client's token is the list of
 * its permissions.
 */
final class ProxyFixture implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    static final int MAX_ANSWER_BYTES = 8 << 20;

    final RawUpstream first = new RawUpstream();
    final RawUpstream second = new RawUpstream();
    final AtomicLong nowNs = new AtomicLong(1);
    final UpstreamWatch watch;
    final CallRoom room = new CallRoom();
    final int port;

    private final ClientConnections connections = ClientConnections.open();
    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonRpcServer server;

    ProxyFixture() throws Exception {
        this(PATIENCE, PATIENCE);
    }

    ProxyFixture(final Duration turnTimeout, final Duration callTimeout) throws Exception {
        watch =
                new UpstreamWatch(
                        List.<Upstream>of(
                                new HeadOf("first", () -> first.height),
                                new HeadOf("second", () -> second.height)),
                        nowNs::get);
        final ProxyPorts ports =
                new ProxyPorts(
                        clients("/rpc/v0"),
                        clients("/rpc/v1"),
                        watch,
                        room,
                        turnTimeout,
                        callTimeout,
                        Duration.ofSeconds(30),
                        ForkJoinPool.commonPool());
        final Map<String, JsonRpcMethod> own =
                Map.of(
                        "Filecoin.Version",
                        (params, caller) ->
                                CompletableFuture.completedFuture(TextNode.valueOf("ours")));
        server =
                new JsonRpcServer(
                        new Routes(
                                Map.of(
                                        "/rpc/v0", new Endpoint(own, Map.of(), Proxy.v0(ports)),
                                        "/rpc/v1", new Endpoint(own, Map.of(), Proxy.v1(ports))),
                                Map.of()),
                        token ->
                                new Caller(
                                        token == null
                                                ? Set.of("read")
                                                : Set.of(token.split(",", -1)),
                                        new byte[8]),
                        ServerLimits.standard());
        port = server.listen("127.0.0.1", 0).get(10, TimeUnit.SECONDS);
    }

    /** What is answered to a call of a method, with these params as text. */
    String call(final String permissions, final String method, final String params)
            throws Exception {
        return post(
                "/rpc/v1",
                permissions,
                "{\"jsonrpc\":\"2.0\",\"id\":\"mine\",\"method\":\""
                        + method
                        + "\",\"params\":"
                        + params
                        + "}");
    }

    String post(final String path, final String permissions, final String body) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .header("Authorization", "Bearer " + permissions)
                                .POST(HttpRequest.BodyPublishers.ofString(body, UTF_8))
                                .build(),
                        HttpResponse.BodyHandlers.ofString(UTF_8))
                .body();
    }

    @Override
    public void close() {
        server.close().orTimeout(10, TimeUnit.SECONDS).join();
        connections.close();
        first.close();
        second.close();
    }

    private List<RawClient> clients(final String path) {
        final AnswerRoom answers = new AnswerRoom(MAX_ANSWER_BYTES, 2L * MAX_ANSWER_BYTES);
        return List.of(
                new RawClient(connections, first.url(path), "our-token", answers),
                new RawClient(connections, second.url(path), "our-token", answers));
    }
}
