package io.nelumbo.publisher.api.push;

/**
 * What the client of a push is told about asking again.
 *
 * @param afterNothing when nothing was published
 * @param whenUnknown when it may be committed or not
 * @param earlierAttempt what to call an attempt before this one
 * @param behindRefused of those in a batch behind a refused one that may be committed
 */
record RetryWords(
        String afterNothing, String whenUnknown, String earlierAttempt, String behindRefused) {

    static final RetryWords MESSAGE =
            new RetryWords(
                    "retry, with the same MsgUuid if you gave one",
                    "retry with the same MsgUuid, which answers with it if it is, and publishes it"
                            + " once if it is not",
                    "an earlier one under this MsgUuid",
                    "only the same batch under the same MsgUuid does not publish them again");

    static final RetryWords SIGNED =
            new RetryWords(
                    "push it again",
                    "push the same signed message again, which answers with its CID if it is, and"
                            + " publishes it once if it is not",
                    "an earlier one with this signed message",
                    "push them again as they are: that answers with their CIDs, and publishes none"
                            + " twice");
}
