package io.nelumbo.publisher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A node that answers every call by one function, and remembers what it was asked. */
final class FakeNode implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final Function<JsonNode, JsonNode> answer;
    private final List<JsonNode> calls = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();

    /** An answer that is an object with "error" becomes an error, all else a result. */
    FakeNode(final Function<JsonNode, JsonNode> answer) throws IOException {
        this.answer = answer;
        this.server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/rpc/v1", this::handle);
        server.start();
    }

    String apiInfo() {
        return "a.b.c:/ip4/127.0.0.1/tcp/" + port() + "/http";
    }

    int port() {
        return server.getAddress().getPort();
    }

    List<JsonNode> calls() {
        return calls;
    }

    List<String> authorizations() {
        return authorizations;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(final HttpExchange exchange) throws IOException {
        final JsonNode call = JSON.readTree(exchange.getRequestBody());
        calls.add(call);
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        final ObjectNode envelope = JSON.createObjectNode().put("jsonrpc", "2.0");
        envelope.set("id", call.get("id"));
        final JsonNode said = answer.apply(call);
        if (said.has("error")) {
            envelope.set("error", said.get("error"));
        } else {
            envelope.set("result", said);
        }
        final byte[] body = JSON.writeValueAsBytes(envelope);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
