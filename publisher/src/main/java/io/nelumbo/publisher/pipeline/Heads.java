package io.nelumbo.publisher.pipeline;

import io.nelumbo.statemachine.ledger.LedgerView;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The sequencer's speculation about accounts: the next nonce, and why a lane is halted. Owned by
 * the sequencer thread. Valid for one epoch.
 *
 * <p>Invariant: an account is loaded from the ledger before the first slot of the epoch that
 * concerns it goes on. In our epoch nothing else moves the account, so what is loaded is what it
 * was when the epoch opened, and every later move is counted here exactly once.
 */
final class Heads {

    private static final int INITIAL_ACCOUNTS = 64;

    private final LedgerView ledger;
    private boolean[] loaded = new boolean[INITIAL_ACCOUNTS];
    private long[] next = new long[INITIAL_ACCOUNTS];
    private @Nullable String[] haltReasons = new String[INITIAL_ACCOUNTS];

    Heads(final LedgerView ledger) {
        this.ledger = ledger;
    }

    /** Forgets all speculation: the ledger is the truth again. */
    void forget() {
        Arrays.fill(loaded, false);
        Arrays.fill(haltReasons, null);
    }

    void load(final int accountId) {
        if (accountId < loaded.length && loaded[accountId]) {
            return;
        }
        growTo(accountId);
        final LedgerView.Account account = ledger.account(accountId);
        next[accountId] = account.nextNonce();
        haltReasons[accountId] = account.haltReason();
        loaded[accountId] = true;
    }

    long next(final int accountId) {
        return next[accountId];
    }

    long takeNext(final int accountId) {
        final long nonce = next[accountId];
        next[accountId] = nonce + 1;
        return nonce;
    }

    void move(final int accountId, final int by) {
        next[accountId] += by;
    }

    @Nullable String haltReason(final int accountId) {
        return haltReasons[accountId];
    }

    void halt(final int accountId, final String reason) {
        haltReasons[accountId] = reason;
    }

    void resume(final int accountId) {
        haltReasons[accountId] = null;
    }

    private void growTo(final int accountId) {
        if (accountId >= loaded.length) {
            final int capacity = Math.max(accountId + 1, 2 * loaded.length);
            loaded = Arrays.copyOf(loaded, capacity);
            next = Arrays.copyOf(next, capacity);
            haltReasons = Arrays.copyOf(haltReasons, capacity);
        }
    }
}
