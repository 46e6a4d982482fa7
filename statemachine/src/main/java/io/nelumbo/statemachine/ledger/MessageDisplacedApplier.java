package io.nelumbo.statemachine.ledger;

import io.nelumbo.journal.sbe.MessageDisplacedDecoder;

/** Owned by the applying thread. Somebody else's message has the nonce, for good (I9). */
final class MessageDisplacedApplier {

    private final Outbox outbox;

    MessageDisplacedApplier(final LedgerState state) {
        outbox = state.outbox;
    }

    void apply(final MessageDisplacedDecoder event) {
        outbox.displace((int) event.accountId(), event.nonce());
    }
}
