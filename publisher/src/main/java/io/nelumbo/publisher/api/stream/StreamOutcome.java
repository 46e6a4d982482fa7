package io.nelumbo.publisher.api.stream;

import io.nelumbo.journal.event.RequestId;
import io.nelumbo.publisher.pipeline.Receipt;
import io.nelumbo.publisher.stream.v1.Refusal;
import org.jspecify.annotations.Nullable;

/** What became of a message that a stream brought. */
public sealed interface StreamOutcome {

    /** Committed by a majority of disks. */
    record Published(Receipt receipt) implements StreamOutcome {}

    /**
     * It has no receipt.
     *
     * @param code in which state the message is, as {@code publisher.proto} defines it
     * @param text what happened and what to do
     * @param retryAfterMs how long to wait at least; 0 unless overloaded
     * @param requestId to repeat it under; null where that would not help
     */
    record Refused(Refusal.Code code, String text, long retryAfterMs, @Nullable RequestId requestId)
            implements StreamOutcome {

        /** A refusal that repeating does not mend. */
        public static Refused of(final Refusal.Code code, final String text) {
            return new Refused(code, text, 0, null);
        }
    }
}
