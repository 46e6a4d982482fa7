package io.nelumbo.publisher.publish;

import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.publisher.chain.Address;
import io.nelumbo.publisher.publish.confirm.Confirmer;
import io.nelumbo.publisher.publish.lane.LaneStatus;
import io.nelumbo.publisher.publish.lane.Lanes;
import io.nelumbo.publisher.publish.port.Ports;
import io.nelumbo.publisher.publish.upstream.Upstreams;
import io.nelumbo.statemachine.ledger.LedgerView.Account;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Owned by the thread {@code publisher}: everything that lives as long as this node leads in one
 * term. It is built from the ledger and dropped as a whole; push progress is not state.
 */
final class OpenEpoch {

    private final long term;
    private final Ports ports;
    private final Map<ChainKind, Upstreams> chains;
    private final Lanes lanes;
    private final Confirmer confirmer;
    private final RequestIdRetention retention;
    private final AccountOpening opening;

    OpenEpoch(final long term, final Ports ports, final Map<ChainKind, Upstreams> chains) {
        this.term = term;
        this.ports = ports;
        this.chains = chains;
        this.lanes = new Lanes(ports);
        this.confirmer = new Confirmer(ports);
        this.retention = new RequestIdRetention(term, ports);
        this.opening = new AccountOpening(ports);
    }

    /** Builds the lanes from the ledger's outbox and starts to push. */
    void begin() {
        final int accounts = ports.ledger().accountCount();
        for (int accountId = 0; accountId < accounts; accountId++) {
            touched(accountId);
        }
        retention.begin();
    }

    long term() {
        return term;
    }

    void touched(final int accountId) {
        final Account account = ports.ledger().account(accountId);
        lanes.touched(account, upstreams(account));
        confirmer.touched(account, upstreams(account));
    }

    void rewritten(final int accountId) {
        final Account account = ports.ledger().account(accountId);
        lanes.rewritten(account, upstreams(account));
    }

    void open(final Address address, final CompletableFuture<OpenOutcome> then) {
        opening.open(address, chains.get(address.chain()), then);
    }

    List<LaneStatus> laneStatus() {
        return lanes.status(confirmer::doubt, PublisherStatus.MAX_LANES);
    }

    void close() {
        lanes.close();
        confirmer.close();
        retention.close();
        opening.close();
    }

    private Upstreams upstreams(final Account account) {
        return chains.computeIfAbsent(
                account.chain(), chain -> new Upstreams(List.of(), ports.loop(), ports.options()));
    }
}
