package io.nelumbo.publisher.devchain;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Guarded by the chain's lock. Pending messages by sender and nonce, with the rules and the error
 * texts of Lotus's message pool for messages that a trusted caller pushes: gaps are tolerated,
 * another message with a used nonce needs a higher premium.
 */
final class Mempool {
    private static final BigInteger RBF_PERCENT = BigInteger.TEN;
    private static final BigInteger HUNDRED = BigInteger.valueOf(100);

    private final int maxPendingPerAccount;
    private final Map<String, SenderQueue> queues = new HashMap<>();

    Mempool(final int maxPendingPerAccount) {
        this.maxPendingPerAccount = maxPendingPerAccount;
    }

    /**
     * Takes a message, or throws {@link MessageRefused}.
     *
     * @param stateNonce the sender's nonce after every message on the chain
     * @param balance what the sender owns, in attoFIL
     */
    void add(final PooledMessage message, final long stateNonce, final BigInteger balance) {
        if (Long.compareUnsigned(stateNonce, message.nonce()) > 0) {
            throw new MessageRefused(
                    "minimum expected nonce is %s: message nonce too low"
                            .formatted(Long.toUnsignedString(stateNonce)));
        }
        if (message.gasFeeCap().compareTo(message.gasPremium()) < 0) {
            throw new MessageRefused(
                    "message will not be included in a block: 'GasFeeCap' less than 'GasPremium'");
        }
        final SenderQueue queue = queues.computeIfAbsent(message.from(), from -> new SenderQueue());
        requireFunds(message, queue, balance);
        final PooledMessage existing = queue.at(message.nonce());
        if (existing != null) {
            requireReplacement(message, existing);
        } else if (queue.size() >= maxPendingPerAccount) {
            throw new MessageRefused("too many pending messages for actor");
        }
        queue.put(message);
    }

    /** Puts a message back that a reorganisation took off the chain; no rules apply. */
    void restore(final PooledMessage message) {
        final SenderQueue queue = queues.computeIfAbsent(message.from(), from -> new SenderQueue());
        if (queue.at(message.nonce()) == null) {
            queue.put(message);
        }
    }

    /** Forgets what the chain has executed: nonces below a sender's state nonce. */
    void removeBelow(final String from, final long stateNonce) {
        final SenderQueue queue = queues.get(from);
        if (queue != null) {
            queue.removeBelow(stateNonce);
            if (queue.size() == 0) {
                queues.remove(from);
            }
        }
    }

    /** The nonce after the messages that follow the state without a hole. */
    long nextNonce(final String from, final long stateNonce) {
        return stateNonce + executable(from, stateNonce, Integer.MAX_VALUE).size();
    }

    /** Messages that can be executed now: without a hole from the state nonce on. */
    List<PooledMessage> executable(final String from, final long stateNonce, final int most) {
        final SenderQueue queue = queues.get(from);
        return queue == null ? List.of() : queue.executable(stateNonce, most);
    }

    /** Who has pending messages, in a fixed order. */
    List<String> senders() {
        return queues.keySet().stream().sorted().toList();
    }

    List<PooledMessage> all() {
        return queues.values().stream().flatMap(queue -> queue.messages().stream()).toList();
    }

    int size() {
        return queues.values().stream().mapToInt(SenderQueue::size).sum();
    }

    private static void requireFunds(
            final PooledMessage message, final SenderQueue queue, final BigInteger balance) {
        final BigInteger own = message.requiredFunds();
        if (balance.compareTo(own) < 0) {
            throw new MessageRefused(
                    "not enough funds (required: %s, balance: %s): not enough funds to execute transaction"
                            .formatted(Fil.text(own), Fil.text(balance)));
        }
        final PooledMessage replaced = queue.at(message.nonce());
        final BigInteger freed = replaced == null ? BigInteger.ZERO : replaced.requiredFunds();
        final BigInteger together = queue.requiredFunds().subtract(freed).add(own);
        if (balance.compareTo(together) < 0) {
            throw new MessageRefused(
                    "not enough funds including pending messages (required: %s, balance: %s): validation failure"
                            .formatted(Fil.text(together), Fil.text(balance)));
        }
    }

    private static void requireReplacement(
            final PooledMessage message, final PooledMessage existing) {
        final String slot =
                "message from %s with nonce %s already in mpool"
                        .formatted(message.from(), Long.toUnsignedString(message.nonce()));
        if (message.cid().equals(existing.cid())) {
            throw new MessageRefused(slot + ": message with nonce already exists");
        }
        final BigInteger old = existing.gasPremium();
        final BigInteger atLeast =
                old.add(old.multiply(RBF_PERCENT).divide(HUNDRED)).add(BigInteger.ONE);
        if (message.gasPremium().compareTo(atLeast) < 0) {
            throw new MessageRefused(
                    "%s, increase GasPremium to %s from %s to trigger replace by fee: replace by fee has too low GasPremium"
                            .formatted(slot, atLeast, message.gasPremium()));
        }
    }
}
