package io.nelumbo.publisher.client.stream;

/**
 * How a {@link StreamClient} sends.
 *
 * @param window messages without a reply, at most; 1 to 1,048,576. A node reads on while fewer than
 *     4096 of a stream wait for an answer, so more than that wait on the way
 * @param returnSigned whether receipts carry the signed message
 */
public record StreamOptions(int window, boolean returnSigned) {
    private static final int MAX_WINDOW = 1 << 20;

    /** Throws {@link IllegalArgumentException} for a window that is out of range. */
    public StreamOptions {
        if (window < 1 || window > MAX_WINDOW) {
            throw new IllegalArgumentException(
                    "expected a window from 1 to " + MAX_WINDOW + " but was " + window);
        }
    }

    /** As much as a node reads, without the signed messages. */
    public static StreamOptions standard() {
        return new StreamOptions(4096, false);
    }

    /** With another window. */
    public StreamOptions withWindow(final int other) {
        return new StreamOptions(other, returnSigned);
    }

    /** With signed messages in the receipts. */
    public StreamOptions returningSigned() {
        return new StreamOptions(window, true);
    }
}
