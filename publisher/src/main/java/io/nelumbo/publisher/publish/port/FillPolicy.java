package io.nelumbo.publisher.publish.port;

import io.nelumbo.statemachine.ledger.LedgerView;

/**
 * What to do about a message that, as upstreams say again and again, can never execute. Called on
 * the thread {@code publisher}, once per retry: must not block.
 */
@FunctionalInterface
public interface FillPolicy {

    /** The lane holds, and says so, until a human decides. */
    FillPolicy HOLD = (account, message, upstreamText) -> new Filling.Hold();

    /**
     * Decides what becomes of the message's nonce.
     *
     * @param upstreamText why the upstream refused the message, at most 256 characters of it
     */
    Filling fill(LedgerView.Account account, LedgerView.OutboxMessage message, String upstreamText);
}
