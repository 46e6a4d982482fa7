package io.nelumbo.publisher.devchain;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Pool messages for tests; their CIDs are readable. */
final class Messages {
    private static final BigInteger GAS_FUNDS = BigInteger.valueOf(1_000);

    private Messages() {}

    static PooledMessage message(final String from, final long nonce) {
        return message(from, nonce, 100);
    }

    static PooledMessage message(final String from, final long nonce, final long premium) {
        final String cid = from + "/" + nonce + "@" + premium;
        return new PooledMessage(
                from,
                nonce,
                cid,
                BigInteger.valueOf(premium),
                BigInteger.valueOf(10_000),
                BigInteger.ZERO,
                GAS_FUNDS,
                cid.getBytes(StandardCharsets.UTF_8));
    }
}
