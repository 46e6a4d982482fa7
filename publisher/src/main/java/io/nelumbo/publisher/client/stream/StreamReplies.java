package io.nelumbo.publisher.client.stream;

/**
 * Is told what became of the messages of one batch. On the client's event loop: must not block,
 * because nothing is received meanwhile; what it throws ends the stream.
 */
@FunctionalInterface
public interface StreamReplies {

    /**
     * Called once for each message, in any order.
     *
     * @param index of the message in its batch
     */
    void reply(int index, StreamReply reply);
}
