package io.nelumbo.publisher.node;

import io.nelumbo.config.ClusterConfig;
import io.nelumbo.config.FeesConfig;
import io.nelumbo.config.JournalConfig;
import io.nelumbo.config.Multiaddr;
import io.nelumbo.config.NodeConfig;
import io.nelumbo.config.PipelineConfig;
import io.nelumbo.config.PublishConfig;
import io.nelumbo.journal.chronicle.ChronicleJournalOptions;
import io.nelumbo.journal.chronicle.JournalCycle;
import io.nelumbo.publisher.api.push.GatewayOptions;
import io.nelumbo.publisher.pipeline.PipelineOptions;
import io.nelumbo.publisher.pipeline.WaitStrategyName;
import io.nelumbo.publisher.publish.port.PublishOptions;
import io.nelumbo.statemachine.identity.PeerIdentity;
import io.nelumbo.statemachine.raft.ListenAddress;
import io.nelumbo.statemachine.raft.RaftCluster;
import io.nelumbo.statemachine.raft.RaftLimits;
import io.nelumbo.statemachine.raft.RaftMember;
import io.nelumbo.statemachine.raft.RaftSettings;
import io.nelumbo.statemachine.raft.RaftTimeouts;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** What the configuration means to each part of a node. Stateless. */
final class NodeOptions {
    /** How long an answer of a disk about its free space holds. */
    static final Duration FREE_SPACE_REFRESH = Duration.ofMillis(500);

    private static final int MAX_RECORD_BYTES = 16 << 20;
    private static final Duration MAX_BALANCE_AGE = Duration.ofSeconds(3);
    private static final Duration LEADER_CALL_ATTEMPT = Duration.ofSeconds(5);
    private static final int MAX_PUSH_MESSAGES = 128;
    private static final int IDLE_POLLS = 12;

    private NodeOptions() {}

    static ChronicleJournalOptions journal(final JournalConfig config) {
        final JournalCycle cycle =
                switch (config.rollCycle()) {
                    case FIVE_MINUTELY -> JournalCycle.FIVE_MINUTES;
                    case HOURLY -> JournalCycle.HOUR;
                    case DAILY -> JournalCycle.DAY;
                };
        return new ChronicleJournalOptions(
                cycle, MAX_RECORD_BYTES, config.freeSpaceMinBytes(), FREE_SPACE_REFRESH);
    }

    static PipelineOptions pipeline(final PipelineConfig config) {
        final int cores = Runtime.getRuntime().availableProcessors();
        return new PipelineOptions(
                config.ringSize(),
                WaitStrategyName.valueOf(config.waitStrategy().name()),
                config.signerThreads() == 0 ? Math.max(1, cores / 2) : config.signerThreads(),
                config.maxBatchBytes(),
                config.maxBatchMessages(),
                config.maxInFlightBatches(),
                config.maxUnconfirmedMessages(),
                config.maxOutboxBytes());
    }

    static GatewayOptions gateway(final ClusterConfig config, final FeesConfig fees) {
        return new GatewayOptions(
                config.waitForLeaderTimeout(),
                config.commitRetries(),
                config.commitRetryDelay(),
                MAX_BALANCE_AGE,
                fees.defaultMaxFee().attoFil());
    }

    /** The seed makes the jitter of different nodes differ. */
    static PublishOptions publish(final PublishConfig config, final long seed) {
        final PublishOptions usual = PublishOptions.defaults();
        return new PublishOptions(
                new PublishOptions.Pushing(
                        config.windowMessages(),
                        MAX_PUSH_MESSAGES,
                        usual.pushing().maxPushBytes(),
                        config.rebroadcastInterval(),
                        usual.pushing().retryMin(),
                        usual.pushing().retryMax()),
                new PublishOptions.Confirming(
                        config.confidence(),
                        config.pollInterval(),
                        config.pollInterval().multipliedBy(IDLE_POLLS),
                        config.minUpstreams(),
                        config.checkEveryLanding()),
                usual.asking().withRequestTimeout(config.upstreamTimeout()),
                config.requestIdRetention(),
                seed);
    }

    /** Without cluster mode a node is a cluster of itself. */
    static RaftSettings raft(final NodeConfig config, final PeerIdentity identity) {
        final Multiaddr listen = config.libp2p().listenAddresses().get(0);
        final List<RaftMember> members =
                config.cluster().clusterModeEnabled()
                        ? config.cluster().initPeersetMultiAddr().stream()
                                .map(NodeOptions::member)
                                .toList()
                        : List.of(member(identity.peerId().toString(), listen));
        final Duration call = config.cluster().waitForLeaderTimeout();
        return new RaftSettings(
                identity,
                new ListenAddress(listen.host(), listen.port()),
                RaftCluster.foundedBy(members),
                config.cluster().dataFolder(),
                RaftTimeouts.standard()
                        .withLeaderCall(
                                call,
                                call.compareTo(LEADER_CALL_ATTEMPT) < 0
                                        ? call
                                        : LEADER_CALL_ATTEMPT)
                        .withNetworkBound(config.cluster().networkTimeout()),
                RaftLimits.standard());
    }

    private static RaftMember member(final Multiaddr address) {
        return member(Objects.requireNonNull(address.peerId()).toString(), address);
    }

    private static RaftMember member(final String peerId, final Multiaddr address) {
        final Multiaddr here = address.onThisMachine();
        return new RaftMember(peerId, here.host(), here.port());
    }
}
