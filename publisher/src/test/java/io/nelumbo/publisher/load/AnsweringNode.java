package io.nelumbo.publisher.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.nelumbo.publisher.jsonrpc.ClientConnections;
import io.nelumbo.publisher.jsonrpc.JsonRpcClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A node that answers each call with what the test makes of it; text stands for an error. */
final class AnsweringNode implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ClientConnections connections = ClientConnections.open();
    private final List<JsonNode> calls = new CopyOnWriteArrayList<>();

    AnsweringNode(final Function<JsonNode, JsonNode> answer) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> handle(exchange, answer));
        server.start();
    }

    /** As a node signs: the number of the call is the nonce. */
    static ObjectNode signed(final JsonNode message, final long nonce) {
        final ObjectNode signed = JSON.createObjectNode();
        signed.putObject("Message").put("From", message.path("From").asText()).put("Nonce", nonce);
        signed.putObject("CID").put("/", "bafy" + nonce);
        return signed;
    }

    JsonRpcClient client() {
        final int port = server.getAddress().getPort();
        return new JsonRpcClient(
                connections,
                URI.create("http://127.0.0.1:" + port + "/rpc/v1"),
                "a.b.c",
                Duration.ofSeconds(10),
                1 << 20);
    }

    List<JsonNode> calls() {
        return calls;
    }

    @Override
    public void close() {
        connections.close();
        server.stop(0);
    }

    private void handle(final HttpExchange exchange, final Function<JsonNode, JsonNode> answer)
            throws IOException {
        final JsonNode call = JSON.readTree(exchange.getRequestBody().readAllBytes());
        calls.add(call);
        final ObjectNode reply = JSON.createObjectNode().put("jsonrpc", "2.0");
        reply.set("id", call.path("id"));
        final JsonNode result = answer.apply(call);
        if (result.isTextual()) {
            reply.putObject("error").put("code", 1).put("message", result.asText());
        } else {
            reply.set("result", result);
        }
        final byte[] body = JSON.writeValueAsBytes(reply);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
