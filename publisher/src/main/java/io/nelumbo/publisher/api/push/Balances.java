package io.nelumbo.publisher.api.push;

import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import java.math.BigInteger;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Balances that are a little old, because thousands of messages come in per second and the chain
 * changes a balance twice a minute. Calls for one account share one question; what failed is not
 * kept. Any thread.
 */
final class Balances {
    private static final int MAX_ACCOUNTS = 10_000;

    private final Function<FilecoinAddress, CompletableFuture<BigInteger>> chain;
    private final long maxAgeNs;
    private final LongSupplier clockNs;
    private final ConcurrentMap<FilecoinAddress, Asked> known = new ConcurrentHashMap<>();

    /**
     * @param clockNs as {@link System#nanoTime}
     */
    Balances(
            final Function<FilecoinAddress, CompletableFuture<BigInteger>> chain,
            final Duration maxAge,
            final LongSupplier clockNs) {
        this.chain = chain;
        this.maxAgeNs = maxAge.toNanos();
        this.clockNs = clockNs;
    }

    CompletableFuture<BigInteger> of(final FilecoinAddress account) {
        final Asked asked = known.get(account);
        if (asked != null && isFresh(asked)) {
            return asked.balance();
        }
        if (known.size() >= MAX_ACCOUNTS) {
            known.clear();
        }
        // Asked outside of the map's lock; two who come at once may both ask, which is harmless.
        final Asked now = new Asked(chain.apply(account), clockNs.getAsLong());
        known.put(account, now);
        return now.balance();
    }

    private boolean isFresh(final Asked asked) {
        return !asked.balance().isCompletedExceptionally()
                && clockNs.getAsLong() - asked.askedAtNs() <= maxAgeNs;
    }

    private record Asked(CompletableFuture<BigInteger> balance, long askedAtNs) {}
}
