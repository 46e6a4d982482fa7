package io.nelumbo.statemachine.ledger;

import io.nelumbo.journal.sbe.RequestIdsExpiredDecoder;

/** Owned by the applying thread. Forgets the request ids whose retention is over (I4, I8). */
final class RequestIdsExpiredApplier {

    private final RequestIds requestIds;
    private final TimeMarks marks;

    RequestIdsExpiredApplier(final LedgerState state) {
        requestIds = state.requestIds;
        marks = state.marks;
    }

    void apply(final RequestIdsExpiredDecoder event) {
        requestIds.expireBefore(event.beforeSequence());
        marks.dropBefore(event.beforeSequence());
    }
}
