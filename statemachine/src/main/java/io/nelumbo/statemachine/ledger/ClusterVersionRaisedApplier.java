package io.nelumbo.statemachine.ledger;

import io.nelumbo.journal.sbe.ClusterVersionRaisedDecoder;

/** Owned by the applying thread. Events of a newer version, known here, may follow. */
final class ClusterVersionRaisedApplier {

    private final LedgerState state;

    ClusterVersionRaisedApplier(final LedgerState state) {
        this.state = state;
    }

    void apply(final ClusterVersionRaisedDecoder event) {
        state.clusterVersion = (int) event.clusterVersion();
    }
}
