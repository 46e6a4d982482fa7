package io.nelumbo.publisher.chain.filecoin.lotus;

import com.fasterxml.jackson.databind.JsonNode;
import io.nelumbo.publisher.jsonrpc.Authenticator;
import io.nelumbo.publisher.jsonrpc.ClientConnections;
import io.nelumbo.publisher.jsonrpc.JsonRpcClient;
import io.nelumbo.publisher.jsonrpc.JsonRpcError;
import io.nelumbo.publisher.jsonrpc.JsonRpcMethod;
import io.nelumbo.publisher.jsonrpc.JsonRpcServer;
import io.nelumbo.publisher.jsonrpc.MalformedJson;
import io.nelumbo.publisher.jsonrpc.Routes;
import io.nelumbo.publisher.jsonrpc.ServerLimits;
import io.nelumbo.publisher.jsonrpc.StrictJson;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * A chain node that answers what a test tells it to, over real HTTP, and remembers what it was
 * asked. Any thread.
 */
final class FakeNode implements AutoCloseable {
    private static final List<String> METHODS =
            List.of(
                    "ChainHead",
                    "ChainGetTipSetByHeight",
                    "StateGetActor",
                    "StateSearchMsg",
                    "StateAccountKey",
                    "StateNetworkName",
                    "MpoolGetNonce",
                    "MpoolPending",
                    "MpoolPush",
                    "MpoolBatchPush",
                    "WalletBalance",
                    "GasEstimateMessageGas");

    private final Map<String, Queue<CompletableFuture<JsonNode>>> answers =
            new ConcurrentHashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final AtomicReference<String> token = new AtomicReference<>("");
    private final ClientConnections connections = ClientConnections.open();
    private final JsonRpcServer server;
    private final int port;

    FakeNode() {
        final Map<String, JsonRpcMethod> methods =
                METHODS.stream()
                        .map(method -> "Filecoin." + method)
                        .collect(Collectors.toMap(method -> method, this::method));
        final Authenticator authenticator =
                shown -> {
                    token.set(String.valueOf(shown));
                    return Authenticator.NOBODY_IN_PARTICULAR.caller(shown);
                };
        server =
                new JsonRpcServer(
                        Routes.ofMethods(methods, "/rpc/v1"),
                        authenticator,
                        ServerLimits.standard());
        port = server.listen("127.0.0.1", 0).join();
    }

    /** The next answer to a method, as JSON. */
    FakeNode answers(final String method, final String json) {
        try {
            final JsonNode node = StrictJson.ANSWERS.read(json.getBytes(StandardCharsets.UTF_8));
            return queue(method, CompletableFuture.completedFuture(node));
        } catch (final MalformedJson e) {
            throw new AssertionError(json, e);
        }
    }

    /** The next answer to a method, as an error. */
    FakeNode refuses(final String method, final String text) {
        return queue(method, CompletableFuture.failedFuture(JsonRpcError.application(text)));
    }

    /** The next call of a method gets no answer. */
    FakeNode hangs(final String method) {
        return queue(method, new CompletableFuture<>());
    }

    /** Starts over for the next test. */
    void forget() {
        answers.clear();
        calls.clear();
    }

    /** What was called so far: methods with their parameters. */
    List<String> calls() {
        return calls;
    }

    /** The methods that were called so far. */
    List<String> methodsCalled() {
        return calls.stream().map(call -> call.substring(0, call.indexOf('('))).toList();
    }

    String tokenShown() {
        return String.valueOf(token.get());
    }

    JsonRpcClient client(final Duration timeout) {
        return new JsonRpcClient(
                connections,
                URI.create("http://127.0.0.1:" + port + "/rpc/v1"),
                "a.b.c",
                timeout,
                1 << 20);
    }

    /** Nobody listens any more. */
    void stop() {
        server.close().join();
    }

    @Override
    public void close() {
        connections.close();
        stop();
    }

    private FakeNode queue(final String method, final CompletableFuture<JsonNode> answer) {
        answers.computeIfAbsent("Filecoin." + method, any -> new ArrayDeque<>()).add(answer);
        return this;
    }

    private JsonRpcMethod method(final String name) {
        return (params, caller) -> {
            final StringBuilder call = new StringBuilder(name.replace("Filecoin.", "")).append('(');
            for (int i = 0; i < params.size(); i++) {
                call.append(i == 0 ? "" : ", ").append(params.at(i));
            }
            calls.add(call.append(')').toString());
            final Queue<CompletableFuture<JsonNode>> queue = answers.get(name);
            final CompletableFuture<JsonNode> answer = queue == null ? null : queue.poll();
            return answer == null
                    ? CompletableFuture.failedFuture(
                            JsonRpcError.application("the test did not expect " + call))
                    : answer;
        };
    }
}
