package io.nelumbo.journal;

import java.util.List;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The append-only, hash-chained log of applied batches. One thread appends; any thread may force.
 * Every method throws {@link JournalFailure} when the medium fails or the chain does not fit: the
 * process must halt then (I11), and never retry.
 */
public interface Journal extends AutoCloseable {

    /**
     * Appends the record of one applied batch. Idempotent by Raft index: an index that is already
     * journaled is compared with what stands there and skipped (a difference throws). Not durable
     * on return; see {@link #force}.
     *
     * @param batch an encoded batch that the ledger has applied
     */
    void append(long raftTerm, long raftIndex, DirectBuffer batch, int offset, int length);

    /**
     * Appends a record that a peer sent, in its encoded form, after checking CRC, hash and that it
     * continues this journal's chain. Idempotent like {@link #append}.
     */
    void appendRecord(byte[] encodedRecord);

    /** Makes everything appended so far durable, and moves the checkpoint. */
    void force();

    /** Just after the last record that was appended. */
    JournalPosition last();

    /** Just after the last record known to be durable. */
    JournalPosition durable();

    /**
     * Encoded records after a Raft index, in order, at least one if there is one, then as many as
     * fit in {@code maxBytes}; for a peer that missed them. Any thread.
     */
    List<byte[]> recordsAfter(long raftIndex, int maxBytes);

    /**
     * The event batch that contains a sequence, encoded as it was appended, or null if the journal
     * does not hold it. Any thread; a disk read, not for the hot path.
     */
    byte @Nullable [] batchOf(long sequence);

    /** Forces and closes. */
    @Override
    void close();
}
