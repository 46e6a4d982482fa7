package io.nelumbo.statemachine.ledger;

import io.nelumbo.journal.sbe.MessageSequencedDecoder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Owned by the applying thread. Puts a message into the outbox, and remembers what its request id
 * was answered with. The hot one: it makes no garbage.
 */
final class MessageSequencedApplier {

    private final Outbox outbox;
    private final RequestIds requestIds;
    private final UnsafeBuffer hash = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer signedBytes = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer requestHash = new UnsafeBuffer(0, 0);

    MessageSequencedApplier(final LedgerState state) {
        outbox = state.outbox;
        requestIds = state.requestIds;
    }

    void apply(final long sequence, final MessageSequencedDecoder event) {
        final int accountId = (int) event.accountId();
        event.wrapHash(hash);
        event.wrapRequestHash(requestHash);
        event.wrapSignedBytes(signedBytes);
        outbox.add(accountId, sequence, hash, signedBytes);
        requestIds.add(event.requestIdHigh(), event.requestIdLow(), sequence);
        requestIds.answer(accountId, event.nonce(), requestHash);
    }
}
