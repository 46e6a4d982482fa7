package io.nelumbo.publisher.publish;

import io.nelumbo.journal.event.Event;
import io.nelumbo.publisher.publish.loop.PublishLoop;
import io.nelumbo.publisher.publish.port.Ports;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owned by the thread {@code publisher}: ends the retention of request ids, in one epoch. The
 * leader's clock proposes; the committed event decides, for all nodes alike (I8).
 *
 * <p>Invariant: a request id is remembered for at least the retention of real time after its
 * message got its nonce (I4), whatever the wall clocks of the nodes say. None is asked here. Time
 * is counted as the ledger's age ({@code LedgerView.ageNs}): within an epoch it advances with the
 * leader's monotonic clock, and where the next one opens it stands still. On top comes what this
 * node's monotonic clock has counted since this epoch opened here, which matters while nothing is
 * committed. Neither ever counts an hour that was not one.
 *
 * <p>The price: hours in which nobody led do not count, so an id may be remembered for longer, by
 * that much.
 */
final class RequestIdRetention {

    private static final Logger LOG = LoggerFactory.getLogger(RequestIdRetention.class);

    /** So many looks in one retention: an id is kept at most this part of it too long. */
    private static final int LOOKS_PER_RETENTION = 64;

    private static final long MIN_INTERVAL_NS = Duration.ofSeconds(1).toNanos();
    private static final long MAX_INTERVAL_NS = Duration.ofMinutes(10).toNanos();

    private final long term;
    private final Ports ports;
    private final long retentionNs;
    private final long intervalNs;
    private long ageAtOpeningNs;
    private long openedNs;
    private boolean closed;
    private PublishLoop.@Nullable Timer nextLook;

    RequestIdRetention(final long term, final Ports ports) {
        this.term = term;
        this.ports = ports;
        this.retentionNs = ports.options().requestIdRetention().toNanos();
        this.intervalNs =
                Math.max(
                        MIN_INTERVAL_NS,
                        Math.min(MAX_INTERVAL_NS, retentionNs / LOOKS_PER_RETENTION));
    }

    void begin() {
        // In this order: what is applied in between counts as younger than it is.
        ageAtOpeningNs = ports.ledger().ageNs();
        openedNs = ports.loop().nowNs();
        // Soon: epochs that are shorter than the interval would pass without a look, one after the
        // other, and the table would fill (I10).
        nextLook = ports.loop().after(MIN_INTERVAL_NS, this::look);
    }

    void close() {
        closed = true;
        ports.loop().cancel(nextLook);
    }

    private void lookLater() {
        nextLook = ports.loop().after(intervalNs, this::look);
    }

    private void look() {
        final long ageNs = ageAtOpeningNs + ports.loop().nowNs() - openedNs;
        final long before = ports.ledger().firstSequenceAfter(ageNs - retentionNs);
        // The epoch last: another leader's would not have advanced with our clock.
        if (ports.ledger().requestIdCount() == 0
                || before <= ports.ledger().requestIdsExpiredBefore()
                || ports.ledger().epoch() != term) {
            lookLater();
            return;
        }
        ports.offers()
                .offer(
                        new Event.RequestIdsExpired(before),
                        outcome -> {
                            LOG.info("request ids before sequence {}: {}", before, outcome);
                            if (!closed) {
                                lookLater();
                            }
                        });
    }
}
