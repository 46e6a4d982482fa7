package io.nelumbo.publisher.devchain;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Guarded by the chain's lock. One sender's pending messages by nonce, and what they may cost. */
final class SenderQueue {
    private final TreeMap<Long, PooledMessage> byNonce = new TreeMap<>(Long::compareUnsigned);
    private BigInteger requiredFunds = BigInteger.ZERO;

    @Nullable PooledMessage at(final long nonce) {
        return byNonce.get(nonce);
    }

    void put(final PooledMessage message) {
        forget(byNonce.put(message.nonce(), message));
        requiredFunds = requiredFunds.add(message.requiredFunds());
    }

    /** Forgets what the chain has executed. */
    void removeBelow(final long stateNonce) {
        while (!byNonce.isEmpty() && Long.compareUnsigned(byNonce.firstKey(), stateNonce) < 0) {
            forget(byNonce.pollFirstEntry().getValue());
        }
    }

    /** Messages that follow the state without a hole, at most {@code most}. */
    List<PooledMessage> executable(final long stateNonce, final int most) {
        final List<PooledMessage> found = new ArrayList<>();
        PooledMessage next = byNonce.get(stateNonce);
        while (next != null && found.size() < most) {
            found.add(next);
            next = byNonce.get(stateNonce + found.size());
        }
        return found;
    }

    /** Gas that the pending messages may cost together, without values, in attoFIL. */
    BigInteger requiredFunds() {
        return requiredFunds;
    }

    Collection<PooledMessage> messages() {
        return byNonce.values();
    }

    int size() {
        return byNonce.size();
    }

    private void forget(final @Nullable PooledMessage message) {
        if (message != null) {
            requiredFunds = requiredFunds.subtract(message.requiredFunds());
        }
    }
}
