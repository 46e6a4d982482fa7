package io.nelumbo.publisher.devchain;

import io.nelumbo.publisher.chain.filecoin.Network;
import io.nelumbo.publisher.chain.filecoin.SignedFilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.Verification;
import io.nelumbo.publisher.jsonrpc.JsonRpcError;
import java.math.BigInteger;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Any thread. Where pushed messages are looked at: decoded, checked as Lotus checks them, then
 * given to the chain, or to the fault that was drawn for them.
 */
final class PushDesk {
    /** What a refusal by fault says: nothing about the message. */
    static final String REFUSAL = "devchain: refused on demand";

    private final DevChain chain;
    private final FaultDice dice;

    PushDesk(final DevChain chain, final FaultDice dice) {
        this.chain = chain;
        this.dice = dice;
    }

    /** Completes with the message's CID text, fails with a JsonRpcError, or stays silent. */
    CompletableFuture<String> push(final SignedFilecoinMessage signed) {
        final PooledMessage message = checked(signed);
        chain.remember(message);
        final CompletableFuture<String> answer = outcome(message);
        final long delayMs = dice.faults().delayMs();
        if (delayMs == 0) {
            return answer;
        }
        return new CompletableFuture<Void>()
                .completeOnTimeout(null, delayMs, TimeUnit.MILLISECONDS)
                .thenCompose(passed -> answer);
    }

    private CompletableFuture<String> outcome(final PooledMessage message) {
        return switch (dice.roll()) {
            case NONE -> taken(message);
            case FORGET -> CompletableFuture.completedFuture(message.cid());
            case REFUSE -> CompletableFuture.failedFuture(JsonRpcError.application(REFUSAL));
            case STAY_SILENT -> new CompletableFuture<>();
            case TAKE_AND_STAY_SILENT ->
                    taken(message).handle((cid, failure) -> cid).thenCompose(cid -> silence());
        };
    }

    private CompletableFuture<String> taken(final PooledMessage message) {
        try {
            chain.push(message);
            return CompletableFuture.completedFuture(message.cid());
        } catch (final MessageRefused e) {
            return CompletableFuture.failedFuture(JsonRpcError.application(e.text()));
        }
    }

    private static CompletableFuture<String> silence() {
        return new CompletableFuture<>();
    }

    private static PooledMessage checked(final SignedFilecoinMessage signed) {
        final byte[] bytes = signed.encode();
        if (bytes.length > SignedFilecoinMessage.MAX_BYTES) {
            throw JsonRpcError.application(
                    "mpool message too large (%dB): message too big".formatted(bytes.length));
        }
        if (signed.verification(Network.TESTNET) instanceof Verification.Invalid invalid) {
            throw JsonRpcError.application("signature verification failed: " + invalid.reason());
        }
        final var message = signed.message();
        return new PooledMessage(
                message.from().text(Network.TESTNET),
                message.nonce(),
                signed.cid().text(),
                message.gasPremium(),
                message.gasFeeCap(),
                message.value(),
                message.gasFeeCap().multiply(BigInteger.valueOf(message.gasLimit())),
                bytes);
    }
}
