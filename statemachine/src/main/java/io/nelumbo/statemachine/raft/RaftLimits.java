package io.nelumbo.statemachine.raft;

/**
 * The bounds of replication (I10).
 *
 * @param maxBatchBytes a longer batch is refused before it is appended; Ratis would depose the
 *     leader over it
 * @param maxPendingBatches submits that may wait for their commit; beyond, they are refused
 * @param maxPendingBytes bytes of those
 * @param snapshotEveryEntries a snapshot is taken when so many log entries were applied since the
 *     last
 * @param snapshotEveryBytes a snapshot is also taken when so many bytes of batches were applied
 *     since the last, but not before as many as the snapshot itself will have: what a start applies
 *     anew stays short, and a large ledger is not written all the time; members take turns
 * @param purgeGapEntries the log is purged when at least so many entries have become superfluous
 * @param segmentBytes size of a log segment file; purging removes whole segments, and the entries
 *     of the last two are held in memory
 * @param purgesWithoutAbsent whether the log is purged up to a snapshot even while a member lacks
 *     what is purged: the log stays small, and the member comes back by way of a snapshot and the
 *     journals of its peers. Otherwise the log waits for it
 */
public record RaftLimits(
        int maxBatchBytes,
        int maxPendingBatches,
        int maxPendingBytes,
        long snapshotEveryEntries,
        long snapshotEveryBytes,
        int purgeGapEntries,
        int segmentBytes,
        boolean purgesWithoutAbsent) {

    /** Room for what Ratis wraps around a batch: ids, term, index, lengths, checksum. */
    static final int ENTRY_OVERHEAD_BYTES = 4096;

    public RaftLimits {
        if (maxBatchBytes < 1 || maxBatchBytes > 32 << 20) {
            throw new IllegalArgumentException(
                    "expected 1 to 33554432 batch bytes but were " + maxBatchBytes);
        }
        if (maxPendingBatches < 1
                || maxPendingBytes < maxBatchBytes
                || snapshotEveryEntries < 1
                || snapshotEveryBytes < 1
                || purgeGapEntries < 1
                || segmentBytes < 1024) {
            throw new IllegalArgumentException("expected positive bounds but were too small");
        }
    }

    /** One batch of up to 4 MiB, 256 MiB waiting, a snapshot every 100,000 entries or 256 MiB. */
    public static RaftLimits standard() {
        return new RaftLimits(4 << 20, 4096, 256 << 20, 100_000, 256 << 20, 1024, 8 << 20, false);
    }
}
