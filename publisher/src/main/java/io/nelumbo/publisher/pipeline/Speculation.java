package io.nelumbo.publisher.pipeline;

import io.nelumbo.journal.event.Event;
import io.nelumbo.publisher.chain.Address;
import io.nelumbo.statemachine.ledger.LedgerView;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The ledger as it will be once everything is applied that was packed in this epoch. Owned by the
 * replicator thread.
 *
 * <p>Whatever the ledger would reject must be found out here, before it is packed: a batch is
 * rejected whole (I6), so one unfit event would take its neighbours with it, and the epoch.
 * Invariant: an event that {@link CommandRules} admits against this state, or a message that takes
 * {@link AccountAhead#nextNonce}, is applied by the ledger if all before it in this epoch are.
 */
final class Speculation {

    private static final int INITIAL_ACCOUNTS = 64;

    private final LedgerView ledger;
    private @Nullable AccountAhead[] accounts = new AccountAhead[INITIAL_ACCOUNTS];
    private final Set<Address> openedHere = new HashSet<>();
    private int accountCount;
    private long requestIdsExpiredBefore;
    private int clusterVersion;

    Speculation(final LedgerView ledger) {
        this.ledger = ledger;
    }

    /** Forgets everything: a new epoch begins where the ledger is. */
    void begin() {
        Arrays.fill(accounts, null);
        openedHere.clear();
        accountCount = ledger.accountCount();
        requestIdsExpiredBefore = ledger.requestIdsExpiredBefore();
        clusterVersion = ledger.clusterVersion();
    }

    LedgerView ledger() {
        return ledger;
    }

    /** An account that the ledger has open. */
    AccountAhead account(final int accountId) {
        if (accountId >= accounts.length) {
            accounts = Arrays.copyOf(accounts, Math.max(accountId + 1, 2 * accounts.length));
        }
        AccountAhead account = accounts[accountId];
        if (account == null) {
            account = new AccountAhead(ledger.account(accountId));
            accounts[accountId] = account;
        }
        return account;
    }

    /** The id of the account that is opened next. */
    int accountCount() {
        return accountCount;
    }

    boolean openedHere(final Address address) {
        return openedHere.contains(address);
    }

    void opened(final Address address) {
        openedHere.add(address);
        accountCount++;
    }

    long requestIdsExpiredBefore() {
        return requestIdsExpiredBefore;
    }

    void requestIdsExpired(final Event.RequestIdsExpired event) {
        requestIdsExpiredBefore = event.beforeSequence();
    }

    int clusterVersion() {
        return clusterVersion;
    }

    void clusterVersionRaised(final Event.ClusterVersionRaised event) {
        clusterVersion = event.version();
    }
}
