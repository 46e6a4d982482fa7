package io.nelumbo.publisher.jsonrpc;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of any number of {@link JsonRpcClient}s, on one event loop: a part of a process
 * opens one, shares it among its clients, and closes it when that part ends. Any thread; the set of
 * open exchanges belongs to the event loop.
 *
 * <p>HTTP/1.1 with keep-alive, in plain or over TLS by the system's trust store. Redirects are
 * answers like any other: whoever is asked to publish must not be sent elsewhere.
 */
public final class ClientConnections implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClientConnections.class);

    /**
     * To one server at once. Above what the way in lets wait for the chain, so that a push finds
     * room beside all who wait.
     */
    static final int MAX_PER_SERVER = 2048;

    /**
     * Calls that wait for a connection to one server; beyond: a transport failure, nothing sent.
     */
    static final int MAX_WAITING_PER_SERVER = 16_384;

    private static final int CONNECT_TIMEOUT_MS = 10_000;

    /** Less than servers and the boxes between allow, so that it is mostly us who hang up. */
    private static final int KEEP_ALIVE_S = 30;

    private static final long CLOSE_TIMEOUT_S = 10;

    /** Reading an answer beyond this takes longer than the event loop has. */
    private static final int MAX_BYTES_READ_ON_LOOP = 64 << 10;

    private static final long READER_IDLE_S = 10;

    /** To one server at once; beyond: not connected. */
    private static final int MAX_SOCKETS_PER_SERVER = 512;

    /** A chunk of a chain export is 1.4 MB; whatever is more ends the socket. */
    private static final int MAX_SOCKET_MESSAGE_BYTES = 4 << 20;

    /** Without as much as the answer to a ping, the server is gone. */
    private static final int SOCKET_SILENCE_S = 30;

    private final ThreadPoolExecutor reader =
            new ThreadPoolExecutor(
                    1,
                    1,
                    READER_IDLE_S,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(),
                    work -> {
                        final Thread thread = new Thread(work, "rpc-large-answers");
                        thread.setDaemon(true);
                        return thread;
                    });
    private final Vertx vertx;
    private final Context loop;
    private final HttpClient http;
    private final WebSocketClient webSockets;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Set<HttpExchange> open = new HashSet<>();

    private ClientConnections(final Vertx vertx) {
        // So that it need not be closed: it serves answers that arrived before the connections end.
        reader.allowCoreThreadTimeOut(true);
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
        this.http =
                vertx.createHttpClient(
                        new HttpClientOptions()
                                .setTcpNoDelay(true)
                                .setConnectTimeout(CONNECT_TIMEOUT_MS)
                                .setKeepAliveTimeout(KEEP_ALIVE_S),
                        new PoolOptions()
                                .setHttp1MaxSize(MAX_PER_SERVER)
                                .setMaxWaitQueueSize(MAX_WAITING_PER_SERVER));
        this.webSockets =
                vertx.createWebSocketClient(
                        new WebSocketClientOptions()
                                .setMaxConnections(MAX_SOCKETS_PER_SERVER)
                                .setMaxFrameSize(MAX_SOCKET_MESSAGE_BYTES)
                                .setMaxMessageSize(MAX_SOCKET_MESSAGE_BYTES)
                                .setConnectTimeout(CONNECT_TIMEOUT_MS)
                                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                                .setReadIdleTimeout(SOCKET_SILENCE_S));
    }

    /** Starts the event loop; connects to nobody yet. */
    public static ClientConnections open() {
        return new ClientConnections(EventLoop.open());
    }

    /**
     * Sends one request. The future completes on the event loop; to cancel it ends the exchange and
     * frees its connection.
     *
     * @param maxBytes of the answer's body
     * @param room whether so many more bytes of it may be taken
     * @param timeout from now to the last byte of the answer
     */
    CompletableFuture<HttpAnswer> exchange(
            final RequestOptions request,
            final byte[] body,
            final int maxBytes,
            final IntPredicate room,
            final Duration timeout) {
        final HttpExchange exchange = new HttpExchange(vertx, maxBytes, room, timeout);
        final CompletableFuture<HttpAnswer> answer = exchange.answer();
        try {
            loop.runOnContext(now -> start(exchange, request, body));
        } catch (final RejectedExecutionException e) {
            answer.completeExceptionally(closedHere());
            return answer;
        }
        final CompletableFuture<HttpAnswer> unused =
                answer.whenComplete(
                        (received, failure) -> {
                            if (answer.isCancelled()) {
                                loop.runOnContext(now -> exchange.fail(closedHere()));
                            }
                        });
        return answer;
    }

    /**
     * Reads an answer: a large one on a thread for these alone, one after the other, because a tree
     * may take twenty times its bytes. No more wait there than there are connections.
     */
    <T> CompletableFuture<T> read(final HttpAnswer answer, final Function<HttpAnswer, T> reading) {
        return answer.body().length <= MAX_BYTES_READ_ON_LOOP
                ? CompletableFuture.completedFuture(answer).thenApply(reading)
                : CompletableFuture.supplyAsync(() -> reading.apply(answer), reader);
    }

    /**
     * Opens a WebSocket and uses it, on the event loop.
     *
     * @param use owns the socket
     * @return what the use comes to; fails with {@link NotConnected} when there is no socket
     */
    <T> CompletableFuture<T> onSocket(
            final WebSocketConnectOptions place,
            final BiFunction<Vertx, WebSocket, CompletableFuture<T>> use) {
        final CompletableFuture<T> result = new CompletableFuture<>();
        onLoop(
                () -> {
                    try {
                        webSockets
                                .connect(place.setTimeout(CONNECT_TIMEOUT_MS))
                                .onFailure(
                                        why -> result.completeExceptionally(new NotConnected(why)))
                                .onSuccess(socket -> use(socket, use, result));
                    } catch (final RuntimeException broken) {
                        result.completeExceptionally(new NotConnected(broken));
                    }
                });
        return result;
    }

    private <T> void use(
            final WebSocket socket,
            final BiFunction<Vertx, WebSocket, CompletableFuture<T>> use,
            final CompletableFuture<T> result) {
        try {
            final CompletableFuture<T> unused =
                    use.apply(vertx, socket)
                            .whenComplete((value, failure) -> pass(value, failure, result));
        } catch (final RuntimeException broken) {
            // Nobody owns the socket then.
            socket.close();
            result.completeExceptionally(broken);
        }
    }

    /** Runs something on the event loop, or not at all once that has ended. */
    void onLoop(final Runnable work) {
        try {
            loop.runOnContext(now -> work.run());
        } catch (final RejectedExecutionException ended) {
            LOG.debug("the connections are closed already");
        }
    }

    private static <T> void pass(
            final T value, final @Nullable Throwable failure, final CompletableFuture<T> to) {
        if (failure == null) {
            to.complete(value);
        } else {
            to.completeExceptionally(failure);
        }
    }

    /** Ends the exchanges that are under way, which fail, and closes all connections. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        final CompletableFuture<Void> ended = new CompletableFuture<>();
        loop.runOnContext(
                now -> {
                    Set.copyOf(open).forEach(exchange -> exchange.fail(closedHere()));
                    vertx.close().onComplete(done -> ended.complete(null));
                });
        ended.completeOnTimeout(null, CLOSE_TIMEOUT_S, TimeUnit.SECONDS).join();
    }

    private void start(
            final HttpExchange exchange, final RequestOptions request, final byte[] body) {
        if (closed.get()) {
            exchange.fail(closedHere());
            return;
        }
        open.add(exchange);
        exchange.start(http, request, body, () -> open.remove(exchange));
    }

    private static IOException closedHere() {
        return new IOException("closed on this side");
    }
}
