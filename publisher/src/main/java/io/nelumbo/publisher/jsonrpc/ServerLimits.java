package io.nelumbo.publisher.jsonrpc;

import java.time.Duration;

/**
 * What a server takes at most (I10).
 *
 * @param maxBodyBytes of a request body or WebSocket message; beyond: HTTP 413, or the socket
 *     closes
 * @param maxBatchCalls in one batch array; beyond: -32600
 * @param maxHeldBytes of all requests in hand together, as {@link HeldBytes} counts them; beyond: a
 *     new request is not read, HTTP 503 or the socket closes, nothing has run. The values of
 *     channels hold a quarter as much beside it; beyond: the socket whose channel wants more closes
 * @param maxConnections open at once; beyond: the newest is closed
 * @param maxQueuedRequests that wait for a worker; beyond: an application error, nothing has run
 * @param maxSocketRequests of one WebSocket in flight; beyond: the socket is not read
 * @param bodyTimeout from a request's head to its last byte, and from an answer to its last byte
 *     taken; beyond: the connection is closed
 * @param requestTimeout for a method's answer; beyond: an application error
 * @param waitTimeout the same for methods that wait for the world
 */
public record ServerLimits(
        int maxBodyBytes,
        int maxBatchCalls,
        long maxHeldBytes,
        int maxConnections,
        int maxQueuedRequests,
        int maxSocketRequests,
        Duration bodyTimeout,
        Duration requestTimeout,
        Duration waitTimeout) {

    /** Bounds for a node that serves its operator's programs. */
    public static ServerLimits standard() {
        return new ServerLimits(
                4 << 20,
                1000,
                128L << 20,
                2048,
                16_384,
                1024,
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                Duration.ofMinutes(10));
    }

    /** Other bodies; held bytes are raised where two such bodies would not fit. */
    public ServerLimits withMaxBodyBytes(final int bytes) {
        return new ServerLimits(
                bytes,
                maxBatchCalls,
                Math.max(maxHeldBytes, 2L * bytes),
                maxConnections,
                maxQueuedRequests,
                maxSocketRequests,
                bodyTimeout,
                requestTimeout,
                waitTimeout);
    }

    public ServerLimits withRequestTimeout(final Duration timeout) {
        return new ServerLimits(
                maxBodyBytes,
                maxBatchCalls,
                maxHeldBytes,
                maxConnections,
                maxQueuedRequests,
                maxSocketRequests,
                bodyTimeout,
                timeout,
                waitTimeout);
    }
}
