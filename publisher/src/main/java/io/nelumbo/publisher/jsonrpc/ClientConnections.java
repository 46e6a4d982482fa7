package io.nelumbo.publisher.jsonrpc;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
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
import java.util.function.Function;
import java.util.function.IntPredicate;

/**
 * The connections of any number of {@link JsonRpcClient}s, on one event loop: a part of a process
 * opens one, shares it among its clients, and closes it when that part ends. Any thread; the set of
 * open exchanges belongs to the event loop.
 *
 * <p>HTTP/1.1 with keep-alive, in plain or over TLS by the system's trust store. Redirects are
 * answers like any other: whoever is asked to publish must not be sent elsewhere.
 */
public final class ClientConnections implements AutoCloseable {
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
