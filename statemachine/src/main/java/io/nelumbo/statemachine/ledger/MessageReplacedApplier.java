package io.nelumbo.statemachine.ledger;

import io.nelumbo.journal.sbe.MessageReplacedDecoder;
import org.agrona.concurrent.UnsafeBuffer;

/** Owned by the applying thread. Other bytes for a nonce; its former hash is kept (I2). */
final class MessageReplacedApplier {

    private final Outbox outbox;
    private final UnsafeBuffer hash = new UnsafeBuffer(0, 0);

    MessageReplacedApplier(final LedgerState state) {
        outbox = state.outbox;
    }

    void apply(final long sequence, final MessageReplacedDecoder event) {
        final byte[] signedBytes = new byte[event.signedBytesLength()];
        event.getSignedBytes(signedBytes, 0, signedBytes.length);
        event.wrapHash(hash);
        outbox.substitute((int) event.accountId(), event.nonce(), sequence, hash, signedBytes);
    }
}
