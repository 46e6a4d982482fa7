package io.nelumbo.statemachine.ledger;

/**
 * Owned by the applying thread. How the ledger would stand after the events of a batch that were
 * validated so far: the ledger itself, seen through what the batch adds.
 *
 * <p>Bounds on messages and request ids count as though the batch released nothing, which is on the
 * safe side and the same on every node.
 */
final class TentativeState {

    final TentativeAccounts accounts;
    final TentativeSlots slots;
    long expiredBefore;
    int clusterVersion;

    private final LedgerState state;
    private final TentativeRequestIds requestIds = new TentativeRequestIds();
    private final Addresses openedAddresses = new Addresses();
    private int messages;

    TentativeState(final LedgerState state) {
        this.state = state;
        accounts = new TentativeAccounts(state.accounts, state.limits);
        slots = new TentativeSlots(state.outbox);
    }

    /** Forgets the batch before, and prepares for one of so many events. */
    void begin(final int events) {
        messages = 0;
        expiredBefore = state.requestIds.expiredBefore();
        clusterVersion = state.clusterVersion;
        accounts.begin(events);
        slots.begin();
        requestIds.begin(events);
        openedAddresses.clear();
    }

    boolean hasAccount(final long accountId) {
        return accountId < accounts.count();
    }

    boolean hasAddress(final byte chainCode, final byte[] address) {
        return state.accounts.idOf(chainCode, address) != Addresses.UNKNOWN
                || openedAddresses.numberOf(chainCode, address) != Addresses.UNKNOWN;
    }

    void open(final byte chainCode, final byte[] address, final long firstNonce) {
        openedAddresses.add(chainCode, address);
        accounts.open(firstNonce);
    }

    /** Nonces of an account that are used and not confirmed. */
    long open(final int accountId) {
        return accounts.next(accountId) - accounts.confirmed(accountId);
    }

    /** Unconfirmed messages over all accounts. */
    long unconfirmed() {
        return state.outbox.unconfirmedMessages() + messages;
    }

    /** Known request ids. */
    long requestIds() {
        return (long) state.requestIds.count() + requestIds.count();
    }

    boolean isKnown(final long requestIdHigh, final long requestIdLow) {
        return state.requestIds.isKnown(requestIdHigh, requestIdLow, expiredBefore)
                || requestIds.sequenceOf(requestIdHigh, requestIdLow) >= expiredBefore;
    }

    void sequence(
            final int accountId,
            final long requestIdHigh,
            final long requestIdLow,
            final long sequence) {
        accounts.advance(accountId);
        requestIds.add(requestIdHigh, requestIdLow, sequence);
        messages++;
    }

    /** Whether a nonce holds a message that is neither confirmed nor displaced. */
    boolean isPending(final int accountId, final long nonce) {
        return Long.compareUnsigned(nonce, accounts.confirmed(accountId)) >= 0
                && Long.compareUnsigned(nonce, accounts.next(accountId)) < 0
                && !slots.isDisplaced(accountId, nonce);
    }
}
