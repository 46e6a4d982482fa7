package io.nelumbo.publisher.client.stream;

import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is on one stream without a reply, by number, and the window that bounds it. Any thread:
 * senders put in and wait for room, the event loop takes out what is answered.
 */
final class SentMessages {
    private final int window;
    private final Long2ObjectHashMap<SentBatch> byNumber = new Long2ObjectHashMap<>();
    private long nextNumber;
    private @Nullable String ended;

    SentMessages(final int window) {
        this.window = window;
    }

    /** Numbers a batch; null, and nothing changed, while there is no room, or after the end. */
    synchronized @Nullable SentBatch add(
            final List<StreamMessage> messages, final StreamReplies replies) {
        if (ended != null || byNumber.size() + messages.size() > window) {
            return null;
        }
        final SentBatch batch = new SentBatch(nextNumber, messages, replies);
        for (int i = 0; i < messages.size(); i++) {
            byNumber.put(nextNumber++, batch);
        }
        return batch;
    }

    /** Waits until there is room for so many, or the stream has ended. */
    synchronized void awaitRoom(final int messages) throws InterruptedException {
        while (ended == null && byNumber.size() + messages > window) {
            wait();
        }
    }

    /** Takes out the batches of answered numbers; null stands for a number that is not known. */
    synchronized void remove(final long[] numbers, final @Nullable SentBatch[] batches) {
        for (int i = 0; i < numbers.length; i++) {
            batches[i] = byNumber.remove(numbers[i]);
        }
        notifyAll();
    }

    /** Takes out all, and lets nothing in any more. */
    synchronized Long2ObjectHashMap<SentBatch> end(final String why) {
        ended = why;
        final Long2ObjectHashMap<SentBatch> left = new Long2ObjectHashMap<>(byNumber);
        byNumber.clear();
        notifyAll();
        return left;
    }

    /** Why it ended, or null. */
    synchronized @Nullable String ended() {
        return ended;
    }
}
