package io.nelumbo.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * {@code [Cluster]}: who replicates with whom; names and defaults are Lotus's.
 *
 * @param clusterModeEnabled whether there are peers; a node without is a cluster of one
 * @param dataFolder where the Raft log and snapshots are kept
 * @param initPeersetMultiAddr the first members, ourselves included, each with {@code /p2p/…};
 *     empty unless in cluster mode, then at least three
 * @param commitRetries how many times a failed commit is tried again by the gateway
 * @param networkTimeout bounds one exchange with a peer
 * @param backupsRotate how many copies of the data folder are kept after it was moved aside
 * @param tracing whether spans are made and sent to a collector
 */
public record ClusterConfig(
        boolean clusterModeEnabled,
        Path dataFolder,
        List<Multiaddr> initPeersetMultiAddr,
        Duration waitForLeaderTimeout,
        Duration networkTimeout,
        int commitRetries,
        Duration commitRetryDelay,
        int backupsRotate,
        boolean tracing) {
    /** The smallest cluster that survives the loss of a node. */
    public static final int MIN_PEERS = 3;

    static final Key<Boolean> CLUSTER_MODE_ENABLED =
            Key.bool(
                    "ClusterModeEnabled",
                    false,
                    "Whether this node replicates with peers. Without, it is a cluster of one, and"
                            + " what it keeps is as safe as its one disk.");
    static final Key<String> DATA_FOLDER =
            Key.text(
                    "DataFolder",
                    "A folder to store Raft's log and snapshots in. Empty: \"raft\" in the node's"
                            + " folder. Use ext4 or xfs.");
    static final Key<List<Multiaddr>> INIT_PEERSET =
            Key.multiaddrs(
                    "InitPeersetMultiAddr",
                    List.of(),
                    "The members of a new cluster, this node included, as `nelumbo net listen`"
                            + " prints them. Three or more, the same list on every node. Ignored"
                            + " once Raft has started: members are then changed by command.");
    static final Key<Duration> WAIT_FOR_LEADER_TIMEOUT =
            Key.duration(
                    "WaitForLeaderTimeout",
                    "15s",
                    "100ms",
                    "1h",
                    "How long an operation waits for a leader before it fails.");
    static final Key<Duration> NETWORK_TIMEOUT =
            Key.duration(
                    "NetworkTimeout",
                    "1m40s",
                    "100ms",
                    "1h",
                    "The longest that one exchange with a peer may take (a call to the leader, a"
                            + " bundle of journal records); none takes more than 5s anyway.");
    static final Key<Long> COMMIT_RETRIES =
            Key.integer(
                    "CommitRetries",
                    1,
                    0,
                    100,
                    "How many times a commit that failed is tried again, with the same request"
                            + " id.");
    static final Key<Duration> COMMIT_RETRY_DELAY =
            Key.duration(
                    "CommitRetryDelay", "200ms", "0s", "1m", "How long to wait between retries.");
    static final Key<Long> BACKUPS_ROTATE =
            Key.integer(
                    "BackupsRotate",
                    6,
                    0,
                    1000,
                    "How many copies of the data folder are kept as backups, by renaming, when"
                            + " `nelumbo cluster reset` moves it aside. With 0 it refuses.");
    static final Key<Boolean> TRACING =
            Key.bool(
                    "Tracing",
                    false,
                    "Whether pushes are traced, by OpenTelemetry, from the client over follower, leader"
                            + " and commit to the chain. Spans go by OTLP over HTTP to"
                            + " OTEL_EXPORTER_OTLP_ENDPOINT, http://localhost:4318 unless set.");
    static final Section SECTION =
            new Section(
                    "Cluster",
                    false,
                    "Replication: names and defaults as in Lotus.",
                    List.of(
                            CLUSTER_MODE_ENABLED,
                            DATA_FOLDER,
                            INIT_PEERSET,
                            WAIT_FOR_LEADER_TIMEOUT,
                            NETWORK_TIMEOUT,
                            COMMIT_RETRIES,
                            COMMIT_RETRY_DELAY,
                            BACKUPS_ROTATE,
                            TRACING));

    static ClusterConfig from(final Values values) {
        return new ClusterConfig(
                values.get(SECTION, CLUSTER_MODE_ENABLED),
                values.folder(SECTION, DATA_FOLDER, "raft"),
                values.get(SECTION, INIT_PEERSET),
                values.get(SECTION, WAIT_FOR_LEADER_TIMEOUT),
                values.get(SECTION, NETWORK_TIMEOUT),
                values.getInt(SECTION, COMMIT_RETRIES),
                values.get(SECTION, COMMIT_RETRY_DELAY),
                values.getInt(SECTION, BACKUPS_ROTATE),
                values.get(SECTION, TRACING));
    }
}
