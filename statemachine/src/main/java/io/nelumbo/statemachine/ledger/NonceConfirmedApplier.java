package io.nelumbo.statemachine.ledger;

import io.nelumbo.journal.sbe.NonceConfirmedDecoder;

/** Owned by the applying thread. The chain has executed the nonces below. */
final class NonceConfirmedApplier {

    private final Outbox outbox;

    NonceConfirmedApplier(final LedgerState state) {
        outbox = state.outbox;
    }

    void apply(final NonceConfirmedDecoder event) {
        outbox.confirm((int) event.accountId(), event.upToNonce());
    }
}
