package io.nelumbo.publisher.jsonrpc;

/**
 * How much of others' answers may be arriving at once (I10). Shared by any number of {@link
 * RawClient}s; any thread. What has arrived is the server's to count that passes it on.
 */
public final class AnswerRoom {
    private final int maxAnswerBytes;
    private final HeldBytes held;

    /**
     * @param maxAnswerBytes of one answer; beyond: a transport failure
     * @param maxBytes of all that are arriving; beyond: the answer that wants more fails
     */
    public AnswerRoom(final int maxAnswerBytes, final long maxBytes) {
        this.maxAnswerBytes = maxAnswerBytes;
        this.held = new HeldBytes(maxBytes);
    }

    int maxAnswerBytes() {
        return maxAnswerBytes;
    }

    HeldBytes.Share share() {
        return held.share();
    }
}
