package io.nelumbo.statemachine.ledger;

/**
 * Owned by the applying thread. Where the accounts that a batch names would stand after the events
 * that were validated so far. An account is copied from the ledger when the batch first names it,
 * so this is as large as the largest batch and not as all accounts: it stays in the cache when the
 * ledger's own figures do not. Stamps tell what is of this batch, so that beginning one clears
 * nothing, and no batch makes garbage once the table has the size of the largest.
 */
final class TentativeAccounts {

    /** Bits of a place that say where the account stands; those above are the batch's stamp. */
    private static final int AT_BITS = 24;

    private static final long AT = (1L << AT_BITS) - 1;
    private static final int NONE = -1;

    private final Accounts accounts;
    private final LedgerLimits limits;

    /** Open addressing by account id; at most half full. */
    private long[] table = new long[128];

    private long stamp;

    /** Of those that the batch names, in the order in which it does. */
    private int named;

    private int[] ids = new int[64];
    private long[] kept = new long[64];
    private long[] confirmed = new long[64];
    private long[] next = new long[64];
    private boolean[] halted = new boolean[64];

    /** The account that was asked for last: a batch often goes on with the same one. */
    private int lastId;

    private int lastAt;

    private int count;

    TentativeAccounts(final Accounts accounts, final LedgerLimits limits) {
        this.limits = limits;
        this.accounts = accounts;
    }

    /** Forgets the batch before, and makes room for one of so many events. */
    void begin(final int events) {
        stamp++;
        named = 0;
        lastId = NONE;
        count = accounts.count();
        if (events > ids.length) {
            final int length = Integer.highestOneBit(events) * 2;
            table = new long[length * 2];
            ids = new int[length];
            kept = new long[length];
            confirmed = new long[length];
            next = new long[length];
            halted = new boolean[length];
        }
    }

    /** Accounts, with those that this batch opens. */
    int count() {
        return count;
    }

    void open(final long firstNonce) {
        final int at = enter(count, placeOf(count));
        kept[at] = firstNonce;
        confirmed[at] = firstNonce;
        next[at] = firstNonce;
        halted[at] = false;
        count++;
    }

    long kept(final int accountId) {
        return kept[at(accountId)];
    }

    long confirmed(final int accountId) {
        return confirmed[at(accountId)];
    }

    long next(final int accountId) {
        return next[at(accountId)];
    }

    boolean isHalted(final int accountId) {
        return halted[at(accountId)];
    }

    void advance(final int accountId) {
        next[at(accountId)]++;
    }

    void confirm(final int accountId, final long upToNonce) {
        final int at = at(accountId);
        confirmed[at] = upToNonce;
        kept[at] = limits.keptAfterConfirming(kept[at], upToNonce);
    }

    void reorganise(final int accountId, final long downToNonce) {
        confirmed[at(accountId)] = downToNonce;
    }

    void halt(final int accountId, final boolean isHalted) {
        halted[at(accountId)] = isHalted;
    }

    private int at(final int accountId) {
        if (accountId != lastId) {
            lastAt = find(accountId);
            lastId = accountId;
        }
        return lastAt;
    }

    private int find(final int accountId) {
        final int place = placeOf(accountId);
        if (isTaken(place)) {
            return (int) (table[place] & AT);
        }
        final int at = enter(accountId, place);
        kept[at] = accounts.kept(accountId);
        confirmed[at] = accounts.confirmed(accountId);
        next[at] = accounts.next(accountId);
        halted[at] = accounts.isHalted(accountId);
        return at;
    }

    private int enter(final int accountId, final int place) {
        final int at = named;
        named++;
        table[place] = (stamp << AT_BITS) | at;
        ids[at] = accountId;
        return at;
    }

    /** Where an account stands in the table, or would. */
    private int placeOf(final int accountId) {
        final int mask = table.length - 1;
        int place = accountId & mask;
        while (isTaken(place) && ids[(int) (table[place] & AT)] != accountId) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private boolean isTaken(final int place) {
        return table[place] >>> AT_BITS == stamp;
    }
}
