package io.nelumbo.journal.codec;

import io.nelumbo.journal.event.EventBatch;
import io.nelumbo.journal.sbe.BatchHeaderDecoder;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A flyweight over one encoded batch. Owned by one thread. Reuse it: wrapping makes no garbage. */
public final class BatchDecoder {

    private final BatchHeaderDecoder header = new BatchHeaderDecoder();
    private final EventDispatch dispatch = new EventDispatch();
    private DirectBuffer buffer = new UnsafeBuffer(0, 0);
    private int offset;
    private int length;

    /**
     * Wraps an encoded batch after checking it from the first byte to the last: schema, version,
     * that the events' lengths add up to {@code length} exactly and their number to {@code count},
     * and that each event's fields fill its own length exactly. Whatever the bytes are, nothing
     * outside the range is read, here or later, while the caller leaves them unchanged. When it
     * throws, the decoder must be wrapped again before use.
     *
     * @throws MalformedBatch if the bytes are not a batch: reject it
     * @throws UnknownEvent if an event is of a kind or version not known here: halt
     * @throws IndexOutOfBoundsException if the range is not inside the buffer
     */
    public BatchDecoder wrap(final DirectBuffer buffer, final int offset, final int length) {
        Objects.checkFromIndexSize(offset, length, buffer.capacity());
        BatchFrame.check(buffer, offset, length);
        this.buffer = buffer;
        this.offset = offset;
        this.length = length;
        header.wrap(
                buffer,
                offset + BatchFrame.MESSAGE_HEADER_BYTES,
                BatchHeaderDecoder.BLOCK_LENGTH,
                BatchFrame.SCHEMA_VERSION);
        return this;
    }

    /** Raft term of the leader that sequenced the batch. */
    public long epoch() {
        return header.epoch();
    }

    /** Sequence of the first event. */
    public long firstSequence() {
        return header.firstSequence();
    }

    /** Nanoseconds since 1970 UTC. */
    public long timestampNs() {
        return header.timestampNs();
    }

    /** Number of events, at least 1. */
    public int count() {
        return (int) header.count();
    }

    /** The buffer that was wrapped last. */
    public DirectBuffer buffer() {
        return buffer;
    }

    /** Where the batch begins in {@link #buffer}. */
    public int offset() {
        return offset;
    }

    /** Encoded length of the batch in bytes. */
    public int length() {
        return length;
    }

    /** Hands each event to the reader, in order; no garbage. May be called again. */
    public void forEach(final EventReader reader) {
        final int count = count();
        final long firstSequence = firstSequence();
        int at = offset + BatchFrame.FIRST_EVENT_OFFSET;
        for (int n = 0; n < count; n++) {
            final int eventBytes = (int) BatchFrame.uint32(buffer, at);
            final int event = at + BatchFrame.EVENT_LENGTH_BYTES;
            dispatch.dispatch(buffer, event, firstSequence + n, reader);
            at = event + eventBytes;
        }
    }

    /** The batch as records: for tools and tests. */
    public EventBatch toEventBatch() {
        final EventRecords records = new EventRecords();
        forEach(records);
        return new EventBatch(epoch(), firstSequence(), timestampNs(), records.events());
    }
}
