package io.nelumbo.journal.codec;

import io.nelumbo.journal.event.EventBatch;
import org.agrona.DirectBuffer;

/** A flyweight over one encoded batch. Owned by one thread. Reuse it: wrapping makes no garbage. */
public final class BatchDecoder {

    /**
     * Wraps an encoded batch and checks its frame: schema, version, that the events' lengths add up
     * to {@code length} exactly and their number to {@code count}.
     *
     * @throws MalformedBatch if they do not, or an event is of a kind or version not known here
     */
    public BatchDecoder wrap(final DirectBuffer buffer, final int offset, final int length) {
        throw new UnsupportedOperationException();
    }

    public long epoch() {
        throw new UnsupportedOperationException();
    }

    public long firstSequence() {
        throw new UnsupportedOperationException();
    }

    public long timestampNs() {
        throw new UnsupportedOperationException();
    }

    public int count() {
        throw new UnsupportedOperationException();
    }

    public DirectBuffer buffer() {
        throw new UnsupportedOperationException();
    }

    public int offset() {
        throw new UnsupportedOperationException();
    }

    public int length() {
        throw new UnsupportedOperationException();
    }

    /** Hands each event to the reader, in order; no garbage. May be called again. */
    public void forEach(final EventReader reader) {
        throw new UnsupportedOperationException();
    }

    /** The batch as records: for tools and tests. */
    public EventBatch toEventBatch() {
        throw new UnsupportedOperationException();
    }
}
