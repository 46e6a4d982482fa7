package io.nelumbo.statemachine.ledger;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;

/** The written form of a ledger, in memory. */
final class StateBytes {

    private StateBytes() {}

    static byte[] of(final Ledger ledger) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ledger.writeTo(new StateWriter(bytes::write));
        return bytes.toByteArray();
    }

    static Ledger ledger(final byte[] bytes, final LedgerLimits limits) {
        final ByteArrayInputStream in = new ByteArrayInputStream(bytes);
        return Ledger.readFrom(
                new StateReader(
                        (into, offset, length) -> {
                            if (in.readNBytes(into, offset, length) < length) {
                                throw new InvalidState("expected more bytes");
                            }
                        }),
                limits);
    }

    static Ledger copyOf(final Ledger ledger, final LedgerLimits limits) {
        return ledger(of(ledger), limits);
    }
}
