package io.nelumbo.bench.peers.ratis;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.client.RaftClientConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/**
 * Who is in the group, and the settings of all of them: fast, but as durable as Ratis comes. Not
 * set, on purpose: {@code async-flush} and {@code unsafe-flush}. Stateless.
 */
final class RatisGroup {

    private static final UUID ID = new UUID(0x6e656c756d626fL, 1);
    private static final int ENTRY_OVERHEAD_BYTES = 4096;
    private static final int PREALLOCATED_BYTES = 256 << 10;
    private static final int APPENDER_BYTES = (4 << 20) + ENTRY_OVERHEAD_BYTES;
    private static final int SEGMENT_BYTES = 8 << 20;
    private static final int MESSAGE_BYTES_MAX = 2 * APPENDER_BYTES + (16 << 20);
    private static final int MAX_PENDING = 4096;
    private static final int PENDING_BYTES_MAX = 256 << 20;

    private RatisGroup() {}

    /** The members are {@code n0}, {@code n1} …, each at its port of loopback. */
    static RaftGroup at(final List<Integer> ports) {
        final List<RaftPeer> peers = new ArrayList<>();
        for (final int port : ports) {
            peers.add(
                    RaftPeer.newBuilder()
                            .setId(member(peers.size()))
                            .setAddress("127.0.0.1:" + port)
                            .build());
        }
        return RaftGroup.valueOf(RaftGroupId.valueOf(ID), peers);
    }

    static RaftPeerId member(final int index) {
        return RaftPeerId.valueOf("n" + index);
    }

    /** Of a client, and of what a member has in common with it. */
    static RaftProperties properties() {
        final RaftProperties properties = new RaftProperties();
        GrpcConfigKeys.setMessageSizeMax(properties, SizeInBytes.valueOf(MESSAGE_BYTES_MAX));
        RaftClientConfigKeys.Async.setOutstandingRequestsMax(properties, MAX_PENDING);
        RaftClientConfigKeys.Rpc.setRequestTimeout(properties, ms(10_000));
        return properties;
    }

    /**
     * Of a member: key by key what our own members have, which a test proves and which names the
     * exceptions. No entry is forced only to say that another is committed, as with ours; where
     * ours give up speed for correctness, this keeps the faster default.
     */
    static RaftProperties memberProperties(final int port) {
        final RaftProperties properties = properties();
        GrpcConfigKeys.Server.setHost(properties, "127.0.0.1");
        GrpcConfigKeys.Server.setPort(properties, port);
        log(properties);
        RaftServerConfigKeys.Write.setElementLimit(properties, MAX_PENDING);
        RaftServerConfigKeys.Write.setByteLimit(properties, SizeInBytes.valueOf(PENDING_BYTES_MAX));
        // A stall of a busy machine is no reason for an election in the middle of a measurement.
        RaftServerConfigKeys.Rpc.setTimeoutMin(properties, ms(700));
        RaftServerConfigKeys.Rpc.setTimeoutMax(properties, ms(1_200));
        RaftServerConfigKeys.LeaderElection.setLeaderStepDownWaitTime(properties, ms(2_400));
        RaftServerConfigKeys.RetryCache.setExpiryTime(properties, ms(10_000));
        return properties;
    }

    private static void log(final RaftProperties properties) {
        RaftServerConfigKeys.Log.Appender.setBufferByteLimit(
                properties, SizeInBytes.valueOf(APPENDER_BYTES));
        RaftServerConfigKeys.Log.setWriteBufferSize(
                properties, SizeInBytes.valueOf(APPENDER_BYTES + ENTRY_OVERHEAD_BYTES));
        RaftServerConfigKeys.Log.setSegmentSizeMax(properties, SizeInBytes.valueOf(SEGMENT_BYTES));
        RaftServerConfigKeys.Log.setSegmentCacheNumMax(properties, 1);
        RaftServerConfigKeys.Log.setPreallocatedSize(
                properties, SizeInBytes.valueOf(PREALLOCATED_BYTES));
        RaftServerConfigKeys.Log.Appender.setWaitTimeMin(properties, TimeDuration.ZERO);
        RaftServerConfigKeys.Log.setCorruptionPolicy(
                properties, RaftServerConfigKeys.Log.CorruptionPolicy.EXCEPTION);
        RaftServerConfigKeys.Log.setLogMetadataEnabled(properties, false);
    }

    private static TimeDuration ms(final long ms) {
        return TimeDuration.valueOf(ms, TimeUnit.MILLISECONDS);
    }
}
