package io.nelumbo.statemachine.ledger;

import io.nelumbo.journal.sbe.NonceReorgedDecoder;

/** Owned by the applying thread. What the chain undid is pending again, with the same bytes. */
final class NonceReorgedApplier {

    private final Outbox outbox;

    NonceReorgedApplier(final LedgerState state) {
        outbox = state.outbox;
    }

    void apply(final NonceReorgedDecoder event) {
        outbox.reorganise((int) event.accountId(), event.downToNonce());
    }
}
