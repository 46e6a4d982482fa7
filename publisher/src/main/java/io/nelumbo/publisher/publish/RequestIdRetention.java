package io.nelumbo.publisher.publish;

import io.nelumbo.journal.event.Event;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owned by the thread {@code publisher}: ends the retention of request ids. The leader's clock
 * proposes; the committed event decides, for all nodes alike (I8).
 */
final class RequestIdRetention {

    private static final Logger LOG = LoggerFactory.getLogger(RequestIdRetention.class);

    /** So many looks in one retention: an id is kept at most this part of it too long. */
    private static final int LOOKS_PER_RETENTION = 64;

    private static final long MIN_INTERVAL_NS = Duration.ofSeconds(1).toNanos();
    private static final long MAX_INTERVAL_NS = Duration.ofMinutes(10).toNanos();

    private final Ports ports;
    private final long retentionNs;
    private final long intervalNs;
    private boolean closed;
    private PublishLoop.@Nullable Timer nextLook;

    RequestIdRetention(final Ports ports) {
        this.ports = ports;
        this.retentionNs = ports.options().requestIdRetention().toNanos();
        this.intervalNs =
                Math.max(
                        MIN_INTERVAL_NS,
                        Math.min(MAX_INTERVAL_NS, retentionNs / LOOKS_PER_RETENTION));
    }

    void begin() {
        nextLook = ports.loop().after(intervalNs, this::look);
    }

    void close() {
        closed = true;
        ports.loop().cancel(nextLook);
    }

    private void look() {
        final long before = ports.ledger().firstSequenceAfter(ports.loop().epochNs() - retentionNs);
        if (ports.ledger().requestIdCount() == 0
                || before <= ports.ledger().requestIdsExpiredBefore()) {
            begin();
            return;
        }
        ports.offers()
                .offer(
                        new Event.RequestIdsExpired(before),
                        outcome -> {
                            LOG.info("request ids before sequence {}: {}", before, outcome);
                            if (!closed) {
                                begin();
                            }
                        });
    }
}
