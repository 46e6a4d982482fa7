package io.nelumbo.publisher.api.push;

import io.nelumbo.publisher.pipeline.Receipt;

/** What the leader says to one push. */
sealed interface PushAnswer {

    /** Committed; this is its receipt. */
    record Accepted(Receipt receipt) implements PushAnswer {}

    /**
     * Not published, and asking again in the same way does not help, or not before a while.
     *
     * @param retryAfterMs 0 unless a bound was reached
     */
    record Refused(RefusalKind kind, String text, long retryAfterMs) implements PushAnswer {

        /** What only its words tell from others. */
        Refused(final String text) {
            this(RefusalKind.REFUSED, text);
        }

        Refused(final RefusalKind kind, final String text) {
            this(kind, text, 0);
        }
    }

    /** Not published here, because this node does not lead. Ask again. */
    record NotLeading() implements PushAnswer {}

    /** Perhaps published. Ask again with the same request id. */
    record Unknown(String why) implements PushAnswer {}

    /** No leader answered, or there is none; said by the asking node itself, never sent. */
    record Unreached(String why) implements PushAnswer {}
}
