package io.nelumbo.journal.event;

import java.util.List;

/**
 * The events of one Raft log entry: applied whole or rejected whole. The n-th event has sequence
 * {@code firstSequence + n}.
 *
 * @param epoch Raft term of the leader that sequenced it
 * @param firstSequence sequence of the first event
 * @param timestampNs nanoseconds since 1970 UTC, above every earlier batch's
 * @param events at least one
 */
public record EventBatch(long epoch, long firstSequence, long timestampNs, List<Event> events) {

    public EventBatch {
        events = List.copyOf(events);
        if (events.isEmpty()) {
            throw new IllegalArgumentException("expected at least one event but was none");
        }
    }
}
