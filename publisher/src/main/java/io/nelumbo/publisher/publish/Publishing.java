package io.nelumbo.publisher.publish;

import io.nelumbo.journal.codec.BatchDecoder;
import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.publisher.chain.Address;
import io.nelumbo.publisher.chain.Upstream;
import io.nelumbo.publisher.publish.port.Ports;
import io.nelumbo.publisher.publish.upstream.Upstreams;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owned by the thread {@code publisher}, which calls {@link #turn}: the publisher without its
 * thread, so that a simulation can drive it. Other threads only leave word here, which a turn picks
 * up: the epoch that is open, accounts with news, accounts to open.
 */
final class Publishing {

    private static final Logger LOG = LoggerFactory.getLogger(Publishing.class);

    private final Ports ports;
    private final Map<ChainKind, Upstreams> chains = new EnumMap<>(ChainKind.class);
    private final AtomicLong openTerm = new AtomicLong();
    private final AppliedNews news = new AppliedNews();
    private @Nullable OpenEpoch epoch;

    Publishing(final Map<ChainKind, List<Upstream>> upstreams, final Ports ports) {
        this.ports = ports;
        upstreams.forEach(
                (chain, nodes) ->
                        chains.put(chain, new Upstreams(nodes, ports.loop(), ports.options())));
    }

    /** This node's own EpochOpened is applied. Any thread. */
    void epochOpened(final long term) {
        openTerm.set(term);
    }

    /** The epoch is over; an older one that ends late does not matter. Any thread. */
    void epochClosed(final long term) {
        openTerm.compareAndSet(term, 0);
    }

    /** Whatever epoch is open is over. Any thread. */
    void closeEpoch() {
        openTerm.set(0);
    }

    /**
     * A batch was applied: raises flags, no more. Returns whether there is anything to pick up.
     * Before an epoch opens nobody needs to know: its lanes are built from the ledger.
     */
    boolean onApplied(final BatchDecoder batch) {
        if (openTerm.get() == 0) {
            return false;
        }
        batch.forEach(news);
        return true;
    }

    /** Does what there is to do now. */
    void turn() {
        switchEpoch();
        ports.loop().turn();
        final OpenEpoch current = epoch;
        if (current != null) {
            news.rewritten().takeDown(current::rewritten);
            news.touched().takeDown(current::touched);
        }
    }

    /** Opens an account; in a turn. */
    void open(final Address address, final CompletableFuture<OpenOutcome> then) {
        switchEpoch();
        final OpenEpoch current = epoch;
        if (current == null) {
            then.complete(new OpenOutcome.AskAgain());
        } else {
            current.open(address, then);
        }
    }

    /** How it goes; in a turn. */
    PublisherStatus status() {
        final OpenEpoch current = epoch;
        return new PublisherStatus(
                current == null ? 0 : current.term(),
                ports.ledger().unconfirmedMessages(),
                current == null ? List.of() : current.laneStatus(),
                chains.values().stream().flatMap(chain -> chain.status().stream()).toList());
    }

    private void switchEpoch() {
        final long wanted = openTerm.get();
        final OpenEpoch current = epoch;
        if (wanted == (current == null ? 0 : current.term())) {
            return;
        }
        if (current != null) {
            LOG.info("term {}: publishing ends", current.term());
            current.close();
            epoch = null;
        }
        if (wanted != 0) {
            LOG.info(
                    "term {}: publishing begins, {} unconfirmed messages",
                    wanted,
                    ports.ledger().unconfirmedMessages());
            final OpenEpoch opened = new OpenEpoch(wanted, ports, chains);
            epoch = opened;
            opened.begin();
        }
    }
}
