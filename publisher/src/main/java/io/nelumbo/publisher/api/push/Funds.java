package io.nelumbo.publisher.api.push;

import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import java.math.BigInteger;
import java.util.concurrent.CompletableFuture;

/**
 * Refuses what its sender cannot pay for: such a message would hold up every later one of its
 * account. A balance may be a little old, and what is pending is not counted (nor does Lotus).
 */
final class Funds {
    private final Balances balances;

    Funds(final Balances balances) {
        this.balances = balances;
    }

    /** Gives the message back, or fails with {@link PushRefused}. */
    CompletableFuture<FilecoinMessage> check(final FilecoinMessage message) {
        return balances.of(message.from())
                .handle(
                        (balance, failure) -> {
                            if (failure != null) {
                                throw new PushRefused(
                                        "mpool push: getting origin balance: "
                                                + Failures.cause(failure).getMessage()
                                                + "; nothing was published");
                            }
                            checkEnough(balance, message.requiredFunds());
                            return message;
                        });
    }

    private static void checkEnough(final BigInteger balance, final BigInteger required) {
        if (balance.compareTo(required) < 0) {
            throw new PushRefused("mpool push: not enough funds: " + balance + " < " + required);
        }
    }
}
