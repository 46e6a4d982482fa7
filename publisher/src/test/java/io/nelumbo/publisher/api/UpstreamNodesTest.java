package io.nelumbo.publisher.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.nelumbo.publisher.api.push.ChainQuestions;
import io.nelumbo.publisher.api.upstream.CallRoom;
import io.nelumbo.publisher.api.upstream.UpstreamWatch;
import io.nelumbo.publisher.chain.Upstream;
import io.nelumbo.publisher.chain.UpstreamFailure;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.Network;
import io.nelumbo.publisher.chain.filecoin.lotus.FilecoinUpstream;
import io.nelumbo.publisher.chain.filecoin.lotus.LotusJson;
import io.nelumbo.publisher.chain.filecoin.lotus.LotusNode;
import io.nelumbo.publisher.jsonrpc.Authenticator;
import io.nelumbo.publisher.jsonrpc.ClientConnections;
import io.nelumbo.publisher.jsonrpc.JsonRpcClient;
import io.nelumbo.publisher.jsonrpc.JsonRpcError;
import io.nelumbo.publisher.jsonrpc.JsonRpcFailure;
import io.nelumbo.publisher.jsonrpc.JsonRpcMethod;
import io.nelumbo.publisher.jsonrpc.JsonRpcServer;
import io.nelumbo.publisher.jsonrpc.Routes;
import io.nelumbo.publisher.jsonrpc.ServerLimits;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Over real HTTP: which upstream is asked, and when the next one is. */
final class UpstreamNodesTest {
    private static final FilecoinAddress ACCOUNT = FilecoinAddress.ofId(1);

    private final List<JsonRpcServer> servers = new ArrayList<>();
    private final ClientConnections connections = ClientConnections.open();
    private final ExecutorService executor =
            Executors.newSingleThreadExecutor(work -> new Thread(work, "those who asked"));

    @AfterEach
    void stop() throws Exception {
        connections.close();
        executor.shutdown();
        for (final JsonRpcServer server : servers) {
            server.close().get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldAskTheNextWhenTheFirstCannotBeAsked() throws Exception {
        final LotusNode dead = dead();
        final ChainQuestions chain = nodes(dead, living("7"));

        assertThat(chain.balance(ACCOUNT).get(10, TimeUnit.SECONDS)).isEqualTo(7);
        assertThat(chain.call("Filecoin.WalletBalance", List.of()).get(10, TimeUnit.SECONDS))
                .isEqualTo(JsonNodeFactory.instance.textNode("7"));
    }

    @Test
    void shouldNotAskElsewhereWhenTheFirstSaysNo() throws Exception {
        final ChainQuestions chain = nodes(living(null), living("7"));

        assertThat(chain.balance(ACCOUNT))
                .failsWithin(10, TimeUnit.SECONDS)
                .withThrowableThat()
                .withCauseInstanceOf(UpstreamFailure.class)
                .withMessageContaining("out of order");
        assertThat(chain.callWaiting("Filecoin.WalletBalance", List.of()))
                .failsWithin(10, TimeUnit.SECONDS)
                .withThrowableThat()
                .withCauseInstanceOf(JsonRpcFailure.ErrorAnswer.class);
    }

    @Test
    void shouldFailWhenNoneCanBeAsked() throws Exception {
        assertThat(nodes(dead(), dead()).balance(ACCOUNT)).failsWithin(10, TimeUnit.SECONDS);
        assertThat(nodes().balance(ACCOUNT))
                .failsWithin(10, TimeUnit.SECONDS)
                .withThrowableThat()
                .withMessageContaining("no upstream is configured");
    }

    @Test
    void shouldTurnAwayCallsBeyondTheBoundAndNotCrowdOutPushesI10() throws Exception {
        // given: callers wait for a chain that does not move
        final CompletableFuture<Void> moves = new CompletableFuture<>();
        final ChainQuestions chain = nodes(waiting(moves));
        final List<CompletableFuture<JsonNode>> waiting = new ArrayList<>();
        for (int i = 0; i < CallRoom.MAX_WAITING_CALLS; i++) {
            waiting.add(chain.callWaiting("Filecoin.WalletBalance", List.of()));
        }
        // when
        final CompletableFuture<JsonNode> oneMore =
                chain.callWaiting("Filecoin.WalletBalance", List.of());
        // then
        assertThat(oneMore)
                .failsWithin(10, TimeUnit.SECONDS)
                .withThrowableThat()
                .withMessageContaining("not passed on");
        // when: the chain moves, there is room again
        moves.complete(null);
        for (final CompletableFuture<JsonNode> one : waiting) {
            one.get(20, TimeUnit.SECONDS);
        }
        assertThat(chain.callWaiting("Filecoin.WalletBalance", List.of()))
                .succeedsWithin(10, TimeUnit.SECONDS);
        assertThat(chain.balance(ACCOUNT).get(10, TimeUnit.SECONDS)).isEqualTo(7);
    }

    @Test
    void shouldGoOnBesideTheEventLoopThatAnswersComeOn() throws Exception {
        final CompletableFuture<Void> moves = new CompletableFuture<>();
        final ChainQuestions chain = nodes(waiting(moves));

        final CompletableFuture<String> thread =
                chain.balance(ACCOUNT).thenApply(balance -> Thread.currentThread().getName());
        moves.complete(null);

        assertThat(thread.get(10, TimeUnit.SECONDS)).isEqualTo("those who asked");
    }

    private ChainQuestions nodes(final LotusNode... nodes) {
        final LotusJson json = new LotusJson(Network.MAINNET);
        final List<Upstream> upstreams =
                Stream.of(nodes).<Upstream>map(node -> new FilecoinUpstream(node, json)).toList();
        return new UpstreamNodes(
                List.of(nodes),
                new UpstreamWatch(upstreams, System::nanoTime),
                new CallRoom(),
                Duration.ofSeconds(20),
                executor);
    }

    /** A node that tells this balance, or says no. */
    private LotusNode living(final String balance) throws Exception {
        return serving(
                (params, caller) -> {
                    if (balance == null) {
                        throw JsonRpcError.application("out of order");
                    }
                    return CompletableFuture.completedFuture(
                            JsonNodeFactory.instance.textNode(balance));
                });
    }

    /** A node that tells a balance of 7 once something has happened. */
    private LotusNode waiting(final CompletableFuture<Void> event) throws Exception {
        return serving(
                (params, caller) ->
                        event.thenApply(happened -> JsonNodeFactory.instance.textNode("7")));
    }

    private LotusNode serving(final JsonRpcMethod balance) throws Exception {
        final JsonRpcServer server =
                new JsonRpcServer(
                        Routes.ofMethods(Map.of("Filecoin.WalletBalance", balance), "/rpc/v1"),
                        Authenticator.NOBODY_IN_PARTICULAR,
                        ServerLimits.standard());
        servers.add(server);
        return node(server.listen("127.0.0.1", 0).get(10, TimeUnit.SECONDS));
    }

    private LotusNode dead() throws Exception {
        final LotusNode node = living("0");
        servers.remove(servers.size() - 1).close().get(10, TimeUnit.SECONDS);
        return node;
    }

    private LotusNode node(final int port) {
        return new LotusNode(
                new JsonRpcClient(
                        connections,
                        URI.create("http://127.0.0.1:" + port + "/rpc/v1"),
                        null,
                        Duration.ofSeconds(5),
                        1 << 20),
                new LotusJson(Network.MAINNET));
    }
}
