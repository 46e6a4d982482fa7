package io.nelumbo.publisher.api.stream;

import java.time.Duration;

/**
 * What the door takes at most (I10).
 *
 * @param maxConnections open at once; beyond: the newest is closed
 * @param maxStreams open at once on all connections; beyond: RESOURCE_EXHAUSTED
 * @param perStream what one stream may have in flight; beyond: the stream is not read
 * @param inAll what all streams may have in flight; beyond: OVERLOADED
 * @param takeTimeout how long a client may leave its answers untaken; beyond: RESOURCE_EXHAUSTED,
 *     and after as long again its connection is closed
 * @param endGrace how long a node that stops waits for the answers to what is in flight
 */
public record StreamLimits(
        int maxConnections,
        int maxStreams,
        InFlight perStream,
        InFlight inAll,
        Duration takeTimeout,
        Duration endGrace) {

    /** Items of one batch; beyond: INVALID_ARGUMENT. */
    public static final int MAX_BATCH_ITEMS = 1024;

    /** Of one batch on the wire; beyond: RESOURCE_EXHAUSTED. */
    public static final int MAX_BATCH_BYTES = 4 << 20;

    /** On one connection; more wait on the client's side. */
    public static final int MAX_STREAMS_PER_CONNECTION = 16;

    /**
     * Messages that are handed in and whose answer is not taken yet. One batch may go beyond.
     *
     * @param bytes of their CBOR
     */
    public record InFlight(int messages, long bytes) {}

    /** Bounds for a node that serves its operator's programs. */
    public static StreamLimits standard() {
        return new StreamLimits(
                64,
                256,
                new InFlight(4096, 16 << 20),
                new InFlight(65_536, 128 << 20),
                Duration.ofSeconds(30),
                Duration.ofSeconds(2));
    }

    /** Other bounds on what one stream may have in flight. */
    public StreamLimits withPerStream(final InFlight other) {
        return new StreamLimits(maxConnections, maxStreams, other, inAll, takeTimeout, endGrace);
    }
}
