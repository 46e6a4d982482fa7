package io.nelumbo.publisher.api.push;

import io.nelumbo.journal.event.RequestId;
import io.nelumbo.publisher.pipeline.Receipt;

/** What became of one push of a {@link PushLine}. */
public sealed interface PushReply {

    /** Committed by a majority, and applied on this node. */
    record Committed(Receipt receipt) implements PushReply {}

    /**
     * It has no receipt.
     *
     * @param text what happened, the message's state, and what to do next
     * @param retryAfterMs with {@code OVERLOADED}: how long to wait at least; else 0
     * @param requestId under which it was asked for, the node's if the client gave none
     */
    record Refused(RefusalKind kind, String text, long retryAfterMs, RequestId requestId)
            implements PushReply {}
}
