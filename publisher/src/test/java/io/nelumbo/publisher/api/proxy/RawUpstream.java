package io.nelumbo.publisher.api.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A chain node that answers what the test says, byte for byte, and remembers what it was sent. */
final class RawUpstream implements AutoCloseable {

    /** What becomes of one request. */
    interface Behaviour {
        void answer(RawUpstream node, HttpServerRequest request, String id);
    }

    private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");

    final List<String> requests = new CopyOnWriteArrayList<>();
    final List<String> paths = new CopyOnWriteArrayList<>();
    final List<String> tokens = new CopyOnWriteArrayList<>();
    final BlockingQueue<ServerWebSocket> sockets = new LinkedBlockingQueue<>();
    final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    final CompletableFuture<Void> socketClosed = new CompletableFuture<>();
    volatile Behaviour behaviour = result("null");
    volatile CompletableFuture<Long> height = CompletableFuture.completedFuture(100L);

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;

    RawUpstream() throws Exception {
        server =
                vertx.createHttpServer()
                        .webSocketHandler(this::accept)
                        .requestHandler(request -> request.bodyHandler(body -> take(request, body)))
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS);
    }

    /** Answers with a result, in the envelope that go-jsonrpc writes. */
    static Behaviour result(final String json) {
        return answer("{\"id\":%s,\"jsonrpc\":\"2.0\",\"result\":" + json + "}");
    }

    /** Answers with this text, in which {@code %s} is the request's id. */
    static Behaviour answer(final String template) {
        return (node, request, id) ->
                request.response().end(Buffer.buffer(template.replace("%s", id).getBytes(UTF_8)));
    }

    /** Takes the request, and breaks off. */
    static Behaviour breakOff() {
        return (node, request, id) -> request.connection().close();
    }

    static Behaviour silence() {
        return (node, request, id) -> {};
    }

    URI url(final String path) {
        return URI.create("http://127.0.0.1:" + server.actualPort() + path);
    }

    /** The next message on any WebSocket. */
    String message() throws InterruptedException {
        final String next = messages.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("expected a message");
        }
        return next;
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    static String idIn(final String request) {
        final Matcher matcher = ID.matcher(request);
        return matcher.find() ? matcher.group(1) : "null";
    }

    private void take(final HttpServerRequest request, final Buffer body) {
        final String text = body.toString(UTF_8);
        requests.add(text);
        paths.add(request.path());
        tokens.add(String.valueOf(request.getHeader("Authorization")));
        behaviour.answer(this, request, idIn(text));
    }

    private void accept(final ServerWebSocket socket) {
        socket.textMessageHandler(messages::add);
        socket.closeHandler(closed -> socketClosed.complete(null));
        paths.add(socket.path());
        tokens.add(String.valueOf(socket.headers().get("Authorization")));
        sockets.add(socket);
    }
}
