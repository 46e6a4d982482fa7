package io.nelumbo.statemachine.ledger;

import io.nelumbo.journal.sbe.LaneHaltedDecoder;

/**
 * Owned by the applying thread. Remembers that a lane is halted, and why. Messages that were in
 * flight are still sequenced behind it: it is the Sequencer that takes nothing new.
 */
final class LaneHaltedApplier {

    private final Accounts accounts;

    LaneHaltedApplier(final LedgerState state) {
        accounts = state.accounts;
    }

    void apply(final LaneHaltedDecoder event) {
        accounts.halt((int) event.accountId(), event.reason());
    }
}
