package io.nelumbo.statemachine.raft.peerport;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts who was turned away at the peer port, and says so in the log: each of a few, and of many
 * only some, because whoever can connect could otherwise fill the disk with log. Any thread.
 */
public final class RefusedPeers {

    private static final Logger LOG = LoggerFactory.getLogger(RefusedPeers.class);
    private static final long QUIET_NS = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanoTime;
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong logged = new AtomicLong();
    private final AtomicLong quietUntilNs;

    /** Nobody so far. */
    public RefusedPeers() {
        this(System::nanoTime);
    }

    RefusedPeers(final LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.quietUntilNs = new AtomicLong(nanoTime.getAsLong());
    }

    /** How many were refused since the start. */
    public long count() {
        return count.get();
    }

    /** Somebody was turned away; nothing that he sent was read by Raft. */
    void refused(final String who, final String why) {
        final long soFar = count.incrementAndGet();
        final long now = nanoTime.getAsLong();
        final long until = quietUntilNs.get();
        if (now - until >= 0 && quietUntilNs.compareAndSet(until, now + QUIET_NS)) {
            final long unsaid = soFar - 1 - logged.getAndSet(soFar);
            LOG.warn(
                    "peer port: refused {}: {} ({} since the start, {} of them not logged"
                            + " since the last line)",
                    who,
                    why,
                    soFar,
                    unsaid);
        }
    }
}
