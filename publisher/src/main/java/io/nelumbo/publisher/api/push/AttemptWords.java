package io.nelumbo.publisher.api.push;

import java.time.Duration;

/** What the client is told whose push was tried more than once, or in vain. */
final class AttemptWords {
    private AttemptWords() {}

    /** The one that nobody can tell the fate of. */
    static String outcomeUnknown(final Push push, final String why) {
        return "outcome unknown: "
                + why
                + "; the message may be committed or not, under request id "
                + push.requestId()
                + ": "
                + push.words().whenUnknown();
    }

    /**
     * What a leader says of its own attempt is true of the message only if no other attempt was
     * made: an earlier one whose answer was lost may be on its way with another leader's entries.
     */
    static String refusedAfterDoubt(
            final Push push, final String doubt, final PushAnswer.Refused refused) {
        return outcomeUnknown(
                push,
                doubt
                        + "; another attempt was refused ("
                        + refused.text().replace("nothing was published", "it published nothing")
                        + ")");
    }

    /** No attempt reached a leader. */
    static String noLeader(final Push push, final Duration patience) {
        return "no leader within "
                + text(patience)
                + (push.mayHaveBeenTried()
                        ? "; this attempt published nothing: "
                        : "; nothing was published: ")
                + push.words().afterNothing();
    }

    /** Why nothing is known of an attempt. */
    static String noAnswer(final Duration patience) {
        return "no answer within " + text(patience);
    }

    private static String text(final Duration duration) {
        return duration.toMillis() + " ms";
    }
}
