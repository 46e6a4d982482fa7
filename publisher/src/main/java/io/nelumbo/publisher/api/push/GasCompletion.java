package io.nelumbo.publisher.api.push;

import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.lotus.PushSpec;
import java.math.BigInteger;
import java.util.concurrent.CompletableFuture;

/**
 * Fills in the gas fields that a client left 0, and keeps the fee within what the client allows.
 * Immutable; any thread.
 *
 * <p>Source: Lotus, {@code GasEstimateMessageGas} and {@code CapGasFee}.
 */
final class GasCompletion {
    private final ChainQuestions chain;
    private final BigInteger defaultMaxFee;

    /**
     * @param defaultMaxFee attoFIL, above 0; what counts where a client's limit is 0
     */
    GasCompletion(final ChainQuestions chain, final BigInteger defaultMaxFee) {
        this.chain = chain;
        this.defaultMaxFee = defaultMaxFee;
    }

    /** Fails with {@link PushRefused} when the chain cannot estimate. */
    CompletableFuture<FilecoinMessage> complete(
            final FilecoinMessage message, final PushSpec asked) {
        final PushSpec spec = limited(asked);
        if (isComplete(message)) {
            return CompletableFuture.completedFuture(message)
                    .thenApply(complete -> capped(complete, spec));
        }
        return chain.estimateGas(message, spec)
                .handle(
                        (estimated, failure) -> {
                            if (failure != null) {
                                throw new PushRefused(
                                        "GasEstimateMessageGas error: "
                                                + Failures.cause(failure).getMessage()
                                                + "; nothing was published");
                            }
                            return capped(filled(message, estimated), spec);
                        });
    }

    /** With the limit that counts; without our request id, which is no upstream's business. */
    private PushSpec limited(final PushSpec asked) {
        return new PushSpec(
                asked.maxFee().signum() > 0 ? asked.maxFee() : defaultMaxFee,
                null,
                asked.maximizeFeeCap());
    }

    private static boolean isComplete(final FilecoinMessage message) {
        return message.gasLimit() != 0
                && message.gasFeeCap().signum() != 0
                && message.gasPremium().signum() != 0;
    }

    /** Takes only gas from the upstream: the rest of the message is the client's. */
    private static FilecoinMessage filled(
            final FilecoinMessage message, final FilecoinMessage estimated) {
        return message.withGas(
                message.gasLimit() != 0 ? message.gasLimit() : estimated.gasLimit(),
                orElse(message.gasFeeCap(), estimated.gasFeeCap()),
                orElse(message.gasPremium(), estimated.gasPremium()));
    }

    private static BigInteger orElse(final BigInteger sent, final BigInteger estimated) {
        return sent.signum() != 0 ? sent : estimated;
    }

    private static FilecoinMessage capped(final FilecoinMessage message, final PushSpec spec) {
        final BigInteger gasLimit = BigInteger.valueOf(message.gasLimit());
        if (gasLimit.signum() <= 0) {
            return message;
        }
        final boolean tooHigh = message.gasFeeCap().multiply(gasLimit).compareTo(spec.maxFee()) > 0;
        final BigInteger feeCap =
                tooHigh || spec.maximizeFeeCap()
                        ? spec.maxFee().divide(gasLimit)
                        : message.gasFeeCap();
        if (feeCap.signum() == 0) {
            // No node would broadcast it, and it would hold up its whole lane.
            throw new PushRefused(
                    "MaxFee of "
                            + spec.maxFee()
                            + " pays nothing per unit of gas at a gas limit of "
                            + gasLimit
                            + "; nothing was published");
        }
        return message.withGas(message.gasLimit(), feeCap, message.gasPremium().min(feeCap));
    }
}
