package io.nelumbo.journal;

import io.nelumbo.journal.codec.BatchDecoder;
import io.nelumbo.journal.event.EventBatch;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One record of the journal, for tools and tests: a batch and how it came here. Arrays are carried
 * by reference: whoever makes or reads a record does not change them.
 *
 * @param raftTerm Raft term of the entry that carried the batch
 * @param raftIndex Raft index of that entry; grows from record to record, with gaps
 * @param epoch Raft term of the leader that sequenced the batch
 * @param firstSequence sequence of the first event
 * @param count number of events
 * @param timestampNs nanoseconds since 1970 UTC
 * @param previousHash hash of the record before, or the genesis hash (32 bytes)
 * @param hash hash of this record (32 bytes)
 * @param payload the encoded batch
 */
public record JournalRecord(
        long raftTerm,
        long raftIndex,
        long epoch,
        long firstSequence,
        int count,
        long timestampNs,
        byte[] previousHash,
        byte[] hash,
        byte[] payload) {

    /**
     * The events of the payload.
     *
     * @throws io.nelumbo.journal.codec.MalformedBatch if the payload is not a batch
     * @throws io.nelumbo.journal.codec.UnknownEvent if a newer version wrote it: use that version
     */
    public EventBatch events() {
        return new BatchDecoder().wrap(new UnsafeBuffer(payload), 0, payload.length).toEventBatch();
    }
}
