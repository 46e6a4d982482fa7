package io.nelumbo.publisher.jsonrpc;

import org.jspecify.annotations.Nullable;

/**
 * What all requests in hand hold together: bodies that are being read or answered, and answers that
 * are not taken yet. Any thread: the event loop counts bodies, workers count the answers of a
 * batch.
 *
 * <p>The bound of one body times the connections times the requests of a socket is far more than a
 * process has (I10). An answer of ours always finds room, because its call is done, and one of
 * others' only if there is some; but no new request is read, and no further call is started, until
 * there is room again.
 */
final class HeldBytes {
    private final long maxBytes;
    private final @Nullable HeldBytes whole;
    private long bytes;

    HeldBytes(final long maxBytes) {
        this(maxBytes, null);
    }

    private HeldBytes(final long maxBytes, final @Nullable HeldBytes whole) {
        this.maxBytes = maxBytes;
        this.whole = whole;
    }

    /** A part with a bound of its own: what it holds is held here, too. */
    HeldBytes part(final long maxPartBytes) {
        return new HeldBytes(maxPartBytes, this);
    }

    /** For one request; holds nothing yet. */
    Share share() {
        return new Share();
    }

    synchronized long bytes() {
        return bytes;
    }

    private synchronized boolean takeIfRoom(final int moreBytes) {
        if (!hasRoomFor(moreBytes) || (whole != null && !whole.takeIfRoom(moreBytes))) {
            return false;
        }
        bytes += moreBytes;
        return true;
    }

    private synchronized void change(final long byBytes) {
        bytes += byBytes;
        if (whole != null) {
            whole.change(byBytes);
        }
    }

    /** Whether so much more would be within this bound; the whole may have no room for it. */
    synchronized boolean hasRoomFor(final int moreBytes) {
        return moreBytes <= maxBytes - bytes;
    }

    /** What one request holds. Any thread. */
    final class Share {
        private long mine;

        private Share() {}

        /** Holds more, or refuses; what was held before stays. */
        synchronized boolean take(final int moreBytes) {
            if (!takeIfRoom(moreBytes)) {
                return false;
            }
            mine += moreBytes;
            return true;
        }

        /** Holds one answer of a batch beside what is held; there is always room for it. */
        synchronized void add(final int answerBytes) {
            change(answerBytes);
            mine += answerBytes;
        }

        /** Whether all requests together hold so much that no call may be started. */
        boolean full() {
            return bytes() >= maxBytes;
        }

        /** Holds an answer in the place of its request, or of its parts. */
        synchronized void replaceBy(final int answerBytes) {
            change(answerBytes - mine);
            mine = answerBytes;
        }

        /** Holds nothing any more; may be called again. */
        synchronized void release() {
            change(-mine);
            mine = 0;
        }
    }
}
