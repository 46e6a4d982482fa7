package io.nelumbo.statemachine.raft;

import java.util.List;

/**
 * When the next snapshot is due by the bytes of the batches applied. Owned by the applying thread.
 *
 * <p>All members apply the same bytes. Were they to count from the same batch on, all would write
 * their snapshots, and purge their logs, at the same moment, and no majority would be left whose
 * disks are free for what clients wait for. So each begins with a head start of its own: a snapshot
 * belongs to one replica, and at which index it is taken is no replicated state.
 *
 * <p>That is for full load, where bytes decide. Turns may meet after a member was started again, or
 * when many small entries make Ratis ask for a snapshot first; it costs latency, nothing else.
 */
final class SnapshotInterval {

    private final long everyBytes;
    private final long headStartBytes;
    private long appliedBytes;

    private SnapshotInterval(final long everyBytes, final long headStartBytes) {
        this.everyBytes = everyBytes;
        this.headStartBytes = headStartBytes;
        this.appliedBytes = headStartBytes;
    }

    /**
     * @param everyBytes see {@link RaftLimits#snapshotEveryBytes}
     */
    static SnapshotInterval every(final long everyBytes) {
        return new SnapshotInterval(everyBytes, 0);
    }

    /** The same, spread evenly over the members of a cluster. */
    static SnapshotInterval of(final RaftSettings settings) {
        final List<String> members =
                settings.cluster().members().stream().map(RaftMember::peerId).sorted().toList();
        final long everyBytes = settings.limits().snapshotEveryBytes();
        return new SnapshotInterval(
                everyBytes, everyBytes / members.size() * members.indexOf(settings.peerId()));
    }

    /** The ledger is a snapshot's, or empty: everything is applied behind that. */
    void restored() {
        appliedBytes = headStartBytes;
    }

    /** One is begun. */
    void begun() {
        appliedBytes = 0;
    }

    /**
     * Whether it is time for one.
     *
     * @param batchBytes of the batch that was applied
     * @param ledgerBytes what a snapshot would have now
     */
    boolean isDueAfter(final int batchBytes, final long ledgerBytes) {
        appliedBytes += batchBytes;
        return appliedBytes >= everyBytes && appliedBytes >= ledgerBytes;
    }
}
