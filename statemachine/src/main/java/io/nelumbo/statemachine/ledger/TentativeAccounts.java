package io.nelumbo.statemachine.ledger;

import java.util.Arrays;

/**
 * Owned by the applying thread. Where the accounts would stand after the events of a batch that
 * were validated so far. An account is copied from the ledger when a batch first names it: its
 * stamp tells whether that happened, so beginning a batch costs nothing, and no batch makes
 * garbage.
 */
final class TentativeAccounts {

    private final Accounts accounts;
    private final LedgerLimits limits;
    private long stamp;
    private long[] stamps = new long[16];
    private long[] kept = new long[16];
    private long[] confirmed = new long[16];
    private long[] next = new long[16];
    private boolean[] halted = new boolean[16];
    private int count;

    TentativeAccounts(final Accounts accounts, final LedgerLimits limits) {
        this.limits = limits;
        this.accounts = accounts;
    }

    /** Forgets the batch before. */
    void begin() {
        stamp++;
        count = accounts.count();
        makeRoom(count);
    }

    /** Accounts, with those that this batch opens. */
    int count() {
        return count;
    }

    void open(final long firstNonce) {
        makeRoom(count + 1);
        stamps[count] = stamp;
        kept[count] = firstNonce;
        confirmed[count] = firstNonce;
        next[count] = firstNonce;
        halted[count] = false;
        count++;
    }

    long kept(final int accountId) {
        return kept[known(accountId)];
    }

    long confirmed(final int accountId) {
        return confirmed[known(accountId)];
    }

    long next(final int accountId) {
        return next[known(accountId)];
    }

    boolean isHalted(final int accountId) {
        return halted[known(accountId)];
    }

    void advance(final int accountId) {
        next[known(accountId)]++;
    }

    void confirm(final int accountId, final long upToNonce) {
        confirmed[known(accountId)] = upToNonce;
        kept[accountId] = limits.keptAfterConfirming(kept[accountId], upToNonce);
    }

    void reorganise(final int accountId, final long downToNonce) {
        confirmed[known(accountId)] = downToNonce;
    }

    void halt(final int accountId, final boolean isHalted) {
        halted[known(accountId)] = isHalted;
    }

    private int known(final int accountId) {
        if (stamps[accountId] != stamp) {
            stamps[accountId] = stamp;
            kept[accountId] = accounts.kept(accountId);
            confirmed[accountId] = accounts.confirmed(accountId);
            next[accountId] = accounts.next(accountId);
            halted[accountId] = accounts.isHalted(accountId);
        }
        return accountId;
    }

    private void makeRoom(final int accountsToHold) {
        if (accountsToHold > stamps.length) {
            final int length = Math.max(accountsToHold, stamps.length * 2);
            stamps = Arrays.copyOf(stamps, length);
            kept = Arrays.copyOf(kept, length);
            confirmed = Arrays.copyOf(confirmed, length);
            next = Arrays.copyOf(next, length);
            halted = Arrays.copyOf(halted, length);
        }
    }
}
