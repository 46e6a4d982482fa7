package io.nelumbo.publisher.jsonrpc;

/**
 * What all requests in hand hold together: bodies that are being read or answered, and answers that
 * are not taken yet. Owned by the server's event loop.
 *
 * <p>The bound of one body times the connections times the requests of a socket is far more than a
 * process has (I10). An answer always finds room, because its request is done; but no new request
 * does until it is taken.
 */
final class HeldBytes {
    private final long maxBytes;
    private long bytes;

    HeldBytes(final long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** For one request; holds nothing yet. */
    Share share() {
        return new Share();
    }

    long bytes() {
        return bytes;
    }

    /** What one request holds. Owned by the event loop. */
    final class Share {
        private long mine;

        private Share() {}

        /** Holds more, or refuses; what was held before stays. */
        boolean take(final int moreBytes) {
            if (moreBytes > maxBytes - bytes) {
                return false;
            }
            mine += moreBytes;
            bytes += moreBytes;
            return true;
        }

        /** Holds an answer in the place of its request. */
        void replaceBy(final int answerBytes) {
            release();
            mine = answerBytes;
            bytes += answerBytes;
        }

        /** Holds nothing any more; may be called again. */
        void release() {
            bytes -= mine;
            mine = 0;
        }
    }
}
