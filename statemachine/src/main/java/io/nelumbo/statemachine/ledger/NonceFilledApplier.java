package io.nelumbo.statemachine.ledger;

import io.nelumbo.journal.sbe.NonceFilledDecoder;
import org.agrona.concurrent.UnsafeBuffer;

/** Owned by the applying thread. A self-send takes the slot; its former hash is kept (I2, I9). */
final class NonceFilledApplier {

    private final Outbox outbox;
    private final UnsafeBuffer hash = new UnsafeBuffer(0, 0);

    NonceFilledApplier(final LedgerState state) {
        outbox = state.outbox;
    }

    void apply(final long sequence, final NonceFilledDecoder event) {
        final int accountId = (int) event.accountId();
        final byte[] signedBytes = new byte[event.signedBytesLength()];
        event.getSignedBytes(signedBytes, 0, signedBytes.length);
        event.wrapHash(hash);
        outbox.substitute(accountId, event.nonce(), sequence, hash, signedBytes);
        outbox.fill(accountId, event.nonce());
    }
}
