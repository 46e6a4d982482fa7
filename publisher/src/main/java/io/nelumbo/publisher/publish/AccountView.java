package io.nelumbo.publisher.publish;

import io.nelumbo.publisher.publish.port.NonceOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What one upstream says of an account that is to be opened. Nonces are unsigned.
 *
 * @param height of its head, where the executed nonce was read
 * @param nextNonce what it would give the next message
 * @param executedNonce the actor's, at its head
 * @param pendingNonces of the account's messages that its pool has shown; empty if nobody had to
 *     ask
 */
record AccountView(
        String upstream,
        long height,
        long nextNonce,
        long executedNonce,
        List<Long> pendingNonces) {

    AccountView withPending(final List<Long> nonces) {
        return new AccountView(upstream, height, nextNonce, executedNonce, nonces);
    }

    /** A pool may be behind its own chain; then the chain counts. */
    long firstNonce() {
        return NonceOrder.higher(nextNonce, executedNonce);
    }

    /** Whether its pool must show something for it to be believed. */
    boolean needsPending() {
        return NonceOrder.isBelow(executedNonce, nextNonce);
    }

    /** Whether what it would give next follows from its chain state and its own pool. */
    boolean isExplained() {
        return showsAllFrom(executedNonce);
    }

    /** Whether its pool has a message for every nonce from one on that its actor has not used. */
    boolean showsAllFrom(final long fromNonce) {
        final long endNonce = firstNonce();
        // First the count, so that a huge claim is not walked.
        if (NonceOrder.isBelow(fromNonce, executedNonce)
                || NonceOrder.isBelow(pendingNonces.size(), endNonce - fromNonce)) {
            return false;
        }
        final Set<Long> pending = new HashSet<>(pendingNonces);
        for (long nonce = fromNonce; nonce != endNonce; nonce++) {
            if (!pending.contains(nonce)) {
                return false;
            }
        }
        return true;
    }

    /** As it stands in an error. */
    @Override
    public String toString() {
        return upstream
                + " at height "
                + height
                + " says next nonce "
                + Long.toUnsignedString(nextNonce)
                + ", executed "
                + Long.toUnsignedString(executedNonce)
                + ", "
                + pendingNonces.size()
                + " pending";
    }
}
