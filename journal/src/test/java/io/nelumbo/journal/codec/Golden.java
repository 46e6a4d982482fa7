package io.nelumbo.journal.codec;

import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.journal.event.Event;
import io.nelumbo.journal.event.RequestId;
import java.util.List;

/** One event of each kind with values that can be told apart in a hex dump. */
final class Golden {

    private static final long NONCE = 0x8877665544332211L;

    private Golden() {}

    static List<Event> events() {
        return List.of(
                new Event.EpochOpened(5, "12D3KooW"),
                new Event.AccountOpened(3, ChainKind.FILECOIN, run(0x01, 21), NONCE),
                new Event.AccountOpened(4, ChainKind.ETHEREUM, run(0x40, 20), 0),
                messageSequenced(),
                new Event.MessageReplaced(3, NONCE, run(0xC0, 5), run(0x20, 32), "fee"),
                new Event.NonceFilled(3, NONCE, run(0xC0, 5), run(0x20, 32), "too big"),
                new Event.NonceConfirmed(3, NONCE, 4_000_000),
                new Event.MessageDisplaced(3, NONCE, run(0x20, 32)),
                new Event.NonceReorged(3, NONCE),
                new Event.LaneHalted(3, "displacé"),
                new Event.LaneResumed(3, ""),
                new Event.RequestIdsExpired(0x1122334455667788L),
                new Event.ClusterVersionRaised(2));
    }

    static Event.MessageSequenced messageSequenced() {
        return new Event.MessageSequenced(
                3,
                NONCE,
                new RequestId(0x0011223344556677L, 0x8899AABBCCDDEEFFL),
                run(0x60, 32),
                run(0xA0, 8),
                run(0xB0, 8),
                run(0xC0, 13),
                run(0x20, 32));
    }

    /** Bytes that count upwards. */
    private static byte[] run(final int first, final int length) {
        final byte[] bytes = new byte[length];
        for (int n = 0; n < length; n++) {
            bytes[n] = (byte) (first + n);
        }
        return bytes;
    }
}
