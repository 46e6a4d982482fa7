package io.nelumbo.publisher.publish.port;

import io.nelumbo.journal.event.Event;
import io.nelumbo.statemachine.ledger.LedgerView;
import org.jspecify.annotations.Nullable;

/**
 * What to do about a message that, as upstreams say again and again, can never execute. Called on
 * the thread {@code publisher}, once per retry: must not block.
 */
@FunctionalInterface
public interface FillPolicy {

    /** The lane holds, and says so, until a human decides. */
    FillPolicy HOLD = (account, message, upstreamText) -> null;

    /**
     * The self-send that shall take the message's nonce, signed, or null to hold the lane.
     *
     * @param upstreamText why the upstream refused the message, at most 256 characters of it
     */
    Event.@Nullable NonceFilled fill(
            LedgerView.Account account, LedgerView.OutboxMessage message, String upstreamText);
}
