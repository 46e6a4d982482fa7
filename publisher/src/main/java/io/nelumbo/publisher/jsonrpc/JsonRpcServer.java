package io.nelumbo.publisher.jsonrpc;

import io.nelumbo.publisher.trace.TraceParent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves JSON-RPC over HTTP POST and WebSocket, and plain pages over GET. Requests come in on one
 * event loop and are answered by {@link Workers}; {@code listen} and {@code close} may come from
 * any thread, once each.
 *
 * <p>Application errors answer with HTTP 200, -32700, -32601 and -32602 with 500, -32600 with 400
 * (413 when the body is too large), a refused token with 401, and 503 when too much is in hand.
 */
public final class JsonRpcServer {
    private static final Logger LOG = LoggerFactory.getLogger(JsonRpcServer.class);
    private static final String BEARER = "Bearer ";

    /** Made at once for all clients together; beyond: an application error, nothing has run. */
    private static final int MAX_LARGE_ANSWERS = 2;

    /** Apart from what requests hold: who does not take values must not keep others unread. */
    private static final int CHANNEL_SHARE = 4;

    private final Routes routes;
    private final Authenticator authenticator;
    private final ServerLimits limits;
    private final boolean traced;
    private final Map<String, Dispatcher> dispatchers;
    private final Vertx vertx;
    private final Workers workers;
    private final HeldBytes held;
    private final HeldBytes channelRoom;
    private final AtomicInteger connections = new AtomicInteger();

    public JsonRpcServer(
            final Routes routes, final Authenticator authenticator, final ServerLimits limits) {
        this(routes, authenticator, limits, false);
    }

    /**
     * @param traced whether the caller of a call over HTTP knows the client's {@code traceparent}
     */
    public JsonRpcServer(
            final Routes routes,
            final Authenticator authenticator,
            final ServerLimits limits,
            final boolean traced) {
        this.traced = traced;
        this.routes = routes;
        this.authenticator = authenticator;
        this.limits = limits;
        this.dispatchers = new HashMap<>();
        final Semaphore largeAnswers = new Semaphore(MAX_LARGE_ANSWERS);
        routes.endpoints()
                .forEach(
                        (path, endpoint) ->
                                dispatchers.put(
                                        path, new Dispatcher(endpoint, limits, largeAnswers)));
        this.vertx = EventLoop.open();
        this.held = new HeldBytes(limits.maxHeldBytes());
        this.channelRoom = roomOfChannels(limits.maxHeldBytes());
        this.workers = new Workers(limits.maxQueuedRequests());
    }

    /**
     * Starts to listen.
     *
     * @param port 0 for any free one
     * @return the port; fails when the address cannot be bound
     */
    public CompletableFuture<Integer> listen(final String host, final int port) {
        final long idleMs = limits.waitTimeout().plus(limits.bodyTimeout()).toMillis();
        final HttpServerOptions options =
                new HttpServerOptions()
                        .setHost(host)
                        .setPort(port)
                        .setTcpNoDelay(true)
                        .setHttp2ClearTextEnabled(false)
                        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setIdleTimeout((int) Math.min(Integer.MAX_VALUE, idleMs))
                        .setMaxWebSocketFrameSize(limits.maxBodyBytes())
                        // Sockets assemble messages themselves, to say why one is refused.
                        .setMaxWebSocketMessageSize(limits.maxBodyBytes());
        return vertx.createHttpServer(options)
                .connectionHandler(this::admit)
                .requestHandler(this::route)
                .exceptionHandler(failure -> LOG.debug("connection failed", failure))
                .listen()
                .map(HttpServer::actualPort)
                .toCompletionStage()
                .toCompletableFuture();
    }

    /** Stops listening and closes all connections; calls in flight lose their answer. */
    public CompletableFuture<Void> close() {
        return vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .whenComplete((done, failure) -> workers.close());
    }

    /** For the values of all channels, beside so much for requests. */
    static HeldBytes roomOfChannels(final long maxHeldBytes) {
        return new HeldBytes(maxHeldBytes / CHANNEL_SHARE);
    }

    /** What the requests in hand and the channels hold now. */
    CompletableFuture<Long> heldBytes() {
        final CompletableFuture<Long> now = new CompletableFuture<>();
        vertx.runOnContext(asked -> now.complete(held.bytes() + channelRoom.bytes()));
        return now;
    }

    private void admit(final HttpConnection connection) {
        connection.closeHandler(closed -> connections.decrementAndGet());
        if (connections.incrementAndGet() > limits.maxConnections()) {
            connection.close();
        }
    }

    private void route(final HttpServerRequest request) {
        final Dispatcher dispatcher = dispatchers.get(request.path());
        if (dispatcher != null) {
            call(request, dispatcher);
            return;
        }
        final Supplier<CompletableFuture<Page>> page = routes.pages().get(request.path());
        if (page == null) {
            plain(request, Page.text(404, "no such path\n"));
        } else if (!request.method().equals(HttpMethod.GET)) {
            plain(request, Page.text(405, "expected GET\n"));
        } else {
            page(request, page);
        }
    }

    private void call(final HttpServerRequest request, final Dispatcher dispatcher) {
        final boolean socket = request.canUpgradeToWebSocket();
        if (!socket && !request.method().equals(HttpMethod.POST)) {
            plain(request, Page.text(405, "expected POST, or a WebSocket upgrade\n"));
            return;
        }
        final Caller caller = authenticator.caller(token(request));
        final HttpCall call = new HttpCall(request, vertx, limits, held.share());
        if (caller == null) {
            call.refuse(401, JsonRpcError.application("token refused: not made by this cluster"));
        } else if (socket) {
            request.toWebSocket()
                    .onSuccess(
                            open ->
                                    new SocketSession(
                                                    open,
                                                    vertx,
                                                    limits,
                                                    held,
                                                    channelRoom,
                                                    caller,
                                                    (body, asker) ->
                                                            workers.dispatch(
                                                                    dispatcher, body, asker))
                                            .start())
                    .onFailure(failure -> LOG.debug("no WebSocket upgrade", failure));
        } else {
            final Caller asking = traced ? caller.at(trace(request)) : caller;
            call.answer(
                    (body, share) ->
                            workers.dispatch(dispatcher, body, new Asker(asking, share, null)));
        }
    }

    private static @Nullable TraceParent trace(final HttpServerRequest request) {
        return TraceParent.parse(request.getHeader(TraceParent.HEADER));
    }

    private static @Nullable String token(final HttpServerRequest request) {
        final String header = request.getHeader("Authorization");
        if (header != null && !header.isBlank()) {
            return header.startsWith(BEARER) ? header.substring(BEARER.length()).strip() : header;
        }
        final String parameter = request.getParam("token");
        return parameter == null || parameter.isEmpty() ? null : parameter;
    }

    private void page(
            final HttpServerRequest request, final Supplier<CompletableFuture<Page>> page) {
        final CompletableFuture<Page> answer =
                workers.run(page, () -> Page.text(503, "overloaded\n"));
        Future.fromCompletionStage(answer, vertx.getOrCreateContext())
                .onSuccess(content -> plain(request, content))
                .onFailure(
                        failure -> {
                            LOG.error("no answer for {}", request.path(), failure);
                            plain(request, Page.text(500, "internal error\n"));
                        });
    }

    private static void plain(final HttpServerRequest request, final Page page) {
        request.response()
                .setStatusCode(page.httpStatus())
                .putHeader("Content-Type", page.contentType())
                .end(page.body());
    }
}
