package io.nelumbo.statemachine.raft;

import io.nelumbo.statemachine.raft.peerport.PeerRpc;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.client.RaftClientConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/**
 * Our settings in Ratis's keys. What is not set here is Ratis's default, on purpose: above all
 * {@code async-flush} and {@code unsafe-flush}, which lose acknowledged entries in a power cut.
 * Stateless.
 */
final class RatisProperties {

    private static final int MIN_APPENDER_BYTES = 4 << 20;

    /**
     * Ratis preallocates by writing zeros, and the next force, which everybody waits for, takes
     * them to the disk: 15 to 30 ms for Ratis's 4 MB. Without any, each force moves the end of the
     * file and so has the file system commit, too.
     */
    private static final int PREALLOCATED_BYTES = 256 << 10;

    /** Besides the one that is being written. */
    private static final int SEGMENTS_IN_MEMORY = 1;

    private static final int SNAPSHOT_FILES_KEPT = 3;
    private static final String FREE_SPACE_MIN = "64MB";

    private RatisProperties() {}

    static RaftProperties of(final RaftSettings settings) {
        final RaftProperties properties = new RaftProperties();
        storage(properties, settings);
        log(properties, settings.limits());
        snapshots(properties, settings.limits());
        elections(properties, settings.timeouts());
        rpc(properties, settings);
        return properties;
    }

    private static void storage(final RaftProperties properties, final RaftSettings settings) {
        RaftServerConfigKeys.setStorageDir(properties, List.of(settings.folder().toFile()));
        RaftServerConfigKeys.setRemovedGroupsDir(
                properties, settings.folder().resolve("removed").toFile());
        // A full disk while raft-meta is written leaves a node that cannot start: refuse earlier.
        RaftServerConfigKeys.setStorageFreeSpaceMin(
                properties, SizeInBytes.valueOf(FREE_SPACE_MIN));
    }

    private static void log(final RaftProperties properties, final RaftLimits limits) {
        final int appenderBytes =
                Math.max(
                        MIN_APPENDER_BYTES,
                        limits.maxBatchBytes() + RaftLimits.ENTRY_OVERHEAD_BYTES);
        RaftServerConfigKeys.Log.Appender.setBufferByteLimit(
                properties, SizeInBytes.valueOf(appenderBytes));
        RaftServerConfigKeys.Log.setWriteBufferSize(
                properties, SizeInBytes.valueOf(appenderBytes + RaftLimits.ENTRY_OVERHEAD_BYTES));
        RaftServerConfigKeys.Log.setSegmentSizeMax(
                properties, SizeInBytes.valueOf(limits.segmentBytes()));
        // Ratis holds the entries of these segments in memory, for followers that lag and need not
        // read them from the disk. Each time the collector runs it copies them, and later they are
        // all garbage of the old kind: pauses grow with every entry that is held.
        RaftServerConfigKeys.Log.setSegmentCacheNumMax(properties, SEGMENTS_IN_MEMORY);
        RaftServerConfigKeys.Log.setPreallocatedSize(
                properties,
                SizeInBytes.valueOf(Math.min(PREALLOCATED_BYTES, limits.segmentBytes())));
        // Our batches are the batching; waiting for more company only adds latency.
        RaftServerConfigKeys.Log.Appender.setWaitTimeMin(properties, TimeDuration.ZERO);
        // The other policy silently cuts a log at one flipped bit.
        RaftServerConfigKeys.Log.setCorruptionPolicy(
                properties, RaftServerConfigKeys.Log.CorruptionPolicy.EXCEPTION);
        // The default of 3.3.0 loses entries: a follower that gets the same first entry again while
        // the first request is still being written takes the second for a repetition, waits for the
        // first and acknowledges all of the second, which may be longer. The leader counts entries
        // as replicated that are not, and never sends them again (NavigableIndices.append). Without
        // it, a mere repetition is acknowledged although the first may not be forced yet, which
        // takes the loss of two nodes within that moment to matter.
        RaftServerConfigKeys.Log.setAppendEntriesComposeEnabled(properties, false);
        // One more entry for each, on every disk, to say that it is committed: see Followers.
        RaftServerConfigKeys.Log.setLogMetadataEnabled(properties, false);
        RaftServerConfigKeys.Log.setPurgeGap(properties, limits.purgeGapEntries());
        RaftServerConfigKeys.Log.setPurgeUptoSnapshotIndex(
                properties, limits.purgesWithoutAbsent());
        RaftServerConfigKeys.Write.setElementLimit(properties, limits.maxPendingBatches());
        RaftServerConfigKeys.Write.setByteLimit(
                properties, SizeInBytes.valueOf(limits.maxPendingBytes()));
    }

    private static void snapshots(final RaftProperties properties, final RaftLimits limits) {
        RaftServerConfigKeys.Snapshot.setAutoTriggerEnabled(properties, true);
        RaftServerConfigKeys.Snapshot.setAutoTriggerThreshold(
                properties, limits.snapshotEveryEntries());
        RaftServerConfigKeys.Snapshot.setRetentionFileNum(properties, SNAPSHOT_FILES_KEPT);
    }

    private static void elections(final RaftProperties properties, final RaftTimeouts timeouts) {
        RaftServerConfigKeys.Rpc.setTimeoutMin(properties, time(timeouts.electionMin()));
        RaftServerConfigKeys.Rpc.setTimeoutMax(properties, time(timeouts.electionMax()));
        // Also how long a leader that lost its majority stays out of elections. With one node down
        // nobody else may have its log, so the default of 10 s would be 10 s without a leader.
        RaftServerConfigKeys.LeaderElection.setLeaderStepDownWaitTime(
                properties, time(timeouts.electionMax().multipliedBy(2)));
        RaftServerConfigKeys.RetryCache.setExpiryTime(
                properties, time(timeouts.retryCacheExpiry()));
    }

    private static void rpc(final RaftProperties properties, final RaftSettings settings) {
        PeerRpc.use(properties);
        GrpcConfigKeys.Server.setHost(properties, settings.listen().host());
        GrpcConfigKeys.Server.setPort(properties, settings.listen().port());
        final long messageBytes =
                RaftServerConfigKeys.Log.Appender.bufferByteLimit(properties).getSize() * 2
                        + (16 << 20);
        GrpcConfigKeys.setMessageSizeMax(properties, SizeInBytes.valueOf(messageBytes));
        RaftClientConfigKeys.Rpc.setRequestTimeout(
                properties, time(settings.timeouts().leaderCallAttempt()));
    }

    private static TimeDuration time(final Duration duration) {
        return TimeDuration.valueOf(duration.toMillis(), TimeUnit.MILLISECONDS);
    }
}
