package io.nelumbo.publisher.api.stream;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The streams that are open, and what all of them have in flight together. Any thread. */
final class StreamRoom {
    private final StreamLimits limits;
    private final Set<StreamSession> sessions = ConcurrentHashMap.newKeySet();
    private final AtomicLong messages = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    StreamRoom(final StreamLimits limits) {
        this.limits = limits;
    }

    /** Counts a stream, unless there are too many; a race of two may let one more in. */
    boolean enter(final StreamSession session) {
        return sessions.size() < limits.maxStreams() && sessions.add(session);
    }

    void leave(final StreamSession session) {
        sessions.remove(session);
    }

    /** Whether one more batch may come in; each stream may go beyond it by one. */
    boolean hasRoom() {
        return messages.get() < limits.inAll().messages() && bytes.get() < limits.inAll().bytes();
    }

    void take(final int batchMessages, final long batchBytes) {
        messages.addAndGet(batchMessages);
        bytes.addAndGet(batchBytes);
    }

    void release(final int answeredMessages, final long answeredBytes) {
        messages.addAndGet(-answeredMessages);
        bytes.addAndGet(-answeredBytes);
    }

    Set<StreamSession> sessions() {
        return sessions;
    }

    int streams() {
        return sessions.size();
    }

    long messagesInFlight() {
        return messages.get();
    }
}
