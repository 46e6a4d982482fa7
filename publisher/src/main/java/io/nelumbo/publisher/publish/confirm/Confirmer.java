package io.nelumbo.publisher.publish.confirm;

import io.nelumbo.publisher.publish.port.Ports;
import io.nelumbo.publisher.publish.upstream.Upstreams;
import io.nelumbo.statemachine.ledger.LedgerView.Account;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * Owned by the thread {@code publisher}: one watch per account, for one epoch. Accounts without
 * unconfirmed messages are watched too, at a slower pace, for reorganisations and foreign use.
 */
public final class Confirmer {

    private final Ports ports;
    private final Int2ObjectHashMap<Watch> watches = new Int2ObjectHashMap<>();

    public Confirmer(final Ports ports) {
        this.ports = ports;
    }

    /** Something changed in the account, or it is seen for the first time. */
    public void touched(final Account account, final Upstreams upstreams) {
        final Watch known = watches.get(account.id());
        if (known != null) {
            known.touched();
            return;
        }
        final Watch watch = new Watch(account, upstreams, ports);
        watches.put(account.id(), watch);
        watch.begin();
    }

    /** Why confirming an account does not go on, an empty text if it does. */
    public String doubt(final int accountId) {
        final Watch watch = watches.get(accountId);
        return watch == null ? "" : watch.doubt();
    }

    public void close() {
        watches.forEach((accountId, watch) -> watch.close());
    }
}
