package io.nelumbo.statemachine.ledger;

import io.nelumbo.journal.sbe.EpochOpenedDecoder;

/** Owned by the applying thread. From here on only this term's batches are applied (I6). */
final class EpochOpenedApplier {

    private final LedgerState state;

    EpochOpenedApplier(final LedgerState state) {
        this.state = state;
    }

    void apply(final EpochOpenedDecoder event) {
        state.epoch = event.term();
    }
}
