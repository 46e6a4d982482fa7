package io.nelumbo.publisher.api.push;

import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a leader says to a push that did not come as far as the pipeline. Any thread. */
final class LostPush {
    private static final Logger LOG = LoggerFactory.getLogger(LostPush.class);

    private static final String NOTHING_PUBLISHED = "nothing was published";

    private LostPush() {}

    /** The answer to a push whose preparation failed. */
    static PushAnswer answer(final Push push, final Throwable failure) {
        final Throwable cause = Failures.cause(failure);
        if (cause instanceof NotLeadingHere) {
            return new PushAnswer.NotLeading();
        }
        return cause instanceof PushRefused refused
                ? new PushAnswer.Refused(
                        push.mayHaveBeenTried() && !refused.isForEver()
                                ? ofThisAttempt(refused.text(), push.words())
                                : refused.text())
                : unexpected(failure);
    }

    /** An earlier attempt may be under way with another leader's entries, unseen from here. */
    private static String ofThisAttempt(final String refusal, final RetryWords words) {
        final String thisAttempt =
                "this attempt published nothing; " + words.earlierAttempt() + " may have";
        return refusal.contains(NOTHING_PUBLISHED)
                ? refusal.replace(NOTHING_PUBLISHED, thisAttempt)
                : refusal + "; " + thisAttempt;
    }

    /** An error of ours: whether something was published is not known here. */
    static PushAnswer unexpected(final Throwable failure) {
        final String logId = UUID.randomUUID().toString();
        LOG.error("internal error {} in a push", logId, Failures.cause(failure));
        return new PushAnswer.Unknown("internal error (" + logId + " in the leader's log)");
    }
}
