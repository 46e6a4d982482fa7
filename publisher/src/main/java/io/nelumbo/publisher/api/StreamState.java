package io.nelumbo.publisher.api;

/**
 * How a node's binary door stands.
 *
 * @param listening whether there is one
 * @param streams open now
 * @param messagesInFlight read, and not answered yet
 */
public record StreamState(boolean listening, int streams, long messagesInFlight) {

    /** Of a node without one. */
    public static final StreamState NONE = new StreamState(false, 0, 0);
}
