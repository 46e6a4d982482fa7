package io.nelumbo.publisher.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.nelumbo.config.ApiInfo;
import io.nelumbo.config.Multiaddr;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * A node that does to each call what the test says, good or bad, and remembers what it was asked.
 */
final class FakeNode implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final List<JsonNode> calls = new CopyOnWriteArrayList<>();
    private volatile Function<JsonNode, Deed> deed;

    /** What is done to a call. */
    sealed interface Deed {
        record Answer(JsonNode result) implements Deed {}

        record Refusal(String text) implements Deed {}

        /** As the box in front of a node answers. */
        record Http(int status, String body) implements Deed {}

        /** The connection stays open, and nothing comes. */
        record Silence() implements Deed {}

        record HangUp() implements Deed {}
    }

    FakeNode(final Function<JsonNode, Deed> deed) {
        this.deed = deed;
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/rpc/v1", this::handle);
        server.start();
    }

    static FakeNode answering(final String json) {
        return new FakeNode(call -> new Deed.Answer(parse(json)));
    }

    static FakeNode refusing(final String text) {
        return new FakeNode(call -> new Deed.Refusal(text));
    }

    /** From now on it does this. */
    void turnTo(final Function<JsonNode, Deed> newDeed) {
        deed = newDeed;
    }

    ApiInfo apiInfo() {
        return at(server.getAddress().getPort());
    }

    static ApiInfo at(final int port) {
        return new ApiInfo("a.b.c", Multiaddr.parse("/ip4/127.0.0.1/tcp/" + port + "/http"));
    }

    /** What reports call it. */
    String place() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<JsonNode> calls() {
        return calls;
    }

    /** The request ids of the pushes that it got. */
    List<String> requestIds() {
        return calls.stream()
                .map(call -> call.path("params").path(1).path("MsgUuid").asText())
                .toList();
    }

    static JsonNode parse(final String json) {
        try {
            return JSON.readTree(json);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(final HttpExchange exchange) throws IOException {
        final JsonNode call = JSON.readTree(exchange.getRequestBody());
        calls.add(call);
        final ObjectNode envelope = JSON.createObjectNode().put("jsonrpc", "2.0");
        envelope.set("id", call.get("id"));
        final Deed done = deed.apply(call);
        if (done instanceof Deed.Answer answer) {
            envelope.set("result", answer.result());
            write(exchange, 200, envelope.toString());
        } else if (done instanceof Deed.Refusal refusal) {
            envelope.putObject("error").put("code", 1).put("message", refusal.text());
            write(exchange, 200, envelope.toString());
        } else if (done instanceof Deed.Http http) {
            write(exchange, http.status(), http.body());
        } else if (done instanceof Deed.HangUp) {
            exchange.close();
        }
    }

    private static void write(final HttpExchange exchange, final int status, final String text)
            throws IOException {
        final byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
