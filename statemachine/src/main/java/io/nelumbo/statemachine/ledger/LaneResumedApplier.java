package io.nelumbo.statemachine.ledger;

import io.nelumbo.journal.sbe.LaneResumedDecoder;

/** Owned by the applying thread. A halted lane goes on. */
final class LaneResumedApplier {

    private final Accounts accounts;

    LaneResumedApplier(final LedgerState state) {
        accounts = state.accounts;
    }

    void apply(final LaneResumedDecoder event) {
        accounts.resume((int) event.accountId());
    }
}
