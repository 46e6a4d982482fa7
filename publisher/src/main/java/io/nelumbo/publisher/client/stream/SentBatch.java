package io.nelumbo.publisher.client.stream;

import java.util.List;

/**
 * Messages that went out together, under consecutive numbers. Immutable.
 *
 * @param firstNumber of the first message on its stream
 */
record SentBatch(long firstNumber, List<StreamMessage> messages, StreamReplies replies) {

    void reply(final long number, final StreamReply reply) {
        replies.reply((int) (number - firstNumber), reply);
    }

    /** What is said of a message whose answer cannot come any more. */
    void lost(final long number, final String why) {
        final StreamMessage message = messages.get((int) (number - firstNumber));
        reply(number, new StreamReply.OutcomeUnknown(why, message.requestId()));
    }
}
