package io.nelumbo.publisher.node;

import io.nelumbo.config.JournalConfig;
import io.nelumbo.config.NodeConfig;
import io.nelumbo.config.PublishConfig;
import io.nelumbo.journal.chronicle.ChronicleJournal;
import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.publisher.api.AppliedSequences;
import io.nelumbo.publisher.api.FilecoinApi;
import io.nelumbo.publisher.api.Gateway;
import io.nelumbo.publisher.api.GatewayPorts;
import io.nelumbo.publisher.api.NodeDesk;
import io.nelumbo.publisher.api.NodeHealth;
import io.nelumbo.publisher.api.NodeIdentity;
import io.nelumbo.publisher.api.UpstreamNodes;
import io.nelumbo.publisher.jsonrpc.JsonRpcServer;
import io.nelumbo.publisher.jsonrpc.ServerLimits;
import io.nelumbo.publisher.pipeline.Pipeline;
import io.nelumbo.publisher.pipeline.PipelinePorts;
import io.nelumbo.publisher.publish.FillPolicy;
import io.nelumbo.publisher.publish.Publisher;
import io.nelumbo.publisher.wallet.Wallet;
import io.nelumbo.statemachine.ledger.Ledger;
import io.nelumbo.statemachine.raft.FolderRefused;
import io.nelumbo.statemachine.raft.Halt;
import io.nelumbo.statemachine.raft.JournalForcer;
import io.nelumbo.statemachine.raft.RaftNode;
import io.nelumbo.statemachine.raft.RaftStatus;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A node without its API: everything from the journal to the replica, wired. Started and closed by
 * one thread.
 */
final class NodeCore implements AutoCloseable {
    private static final int ANSWERING_THREADS = 2;
    private static final Duration WAIT_TIMEOUT = Duration.ofMinutes(10);
    private static final int FILECOIN_BLOCK_DELAY_S = 30;
    private static final String VERSION = "nelumbo";

    private final NodeIdentity identity;
    private final Wallet wallet;
    private final FilecoinSide filecoin;
    private final ChronicleJournal journal;
    private final JournalForcer forcer;
    private final Ledger ledger = new Ledger();
    private final ExecutorService answering =
            Executors.newFixedThreadPool(ANSWERING_THREADS, NodeThreads.named("answering"));
    private final LateReplica late = new LateReplica();
    private final Pipeline pipeline;
    private final Publisher publisher;
    private final GatewayPorts ports;
    private final Gateway gateway;
    private final UpstreamProbe probe;
    private final RaftNode replica;

    private NodeCore(final NodeFolder folder, final NodeConfig config, final Halt halt)
            throws IOException {
        final String peerId = folder.identity().peerId().toString();
        identity =
                new NodeIdentity(
                        peerId,
                        VERSION,
                        FILECOIN_BLOCK_DELAY_S,
                        config.libp2p().listenAddresses().stream()
                                .map(address -> address.onThisMachine().toString())
                                .toList());
        wallet = Wallet.open(config.wallet().folder());
        filecoin = FilecoinSide.of(config.upstreams());
        final JournalConfig journalConfig = config.journal();
        journal = ChronicleJournal.open(journalConfig.folder(), NodeOptions.journal(journalConfig));
        forcer = JournalForcer.start(journal, journalConfig.forceInterval(), halt);
        final EpochRelay epochs = new EpochRelay();
        pipeline =
                new Pipeline(
                        NodeOptions.pipeline(config.pipeline()),
                        new PipelinePorts(
                                late,
                                ledger,
                                NodeCore::nowNs,
                                peerId,
                                late::stepDown,
                                journal::hasHeadroom,
                                epochs,
                                journal::batchOf,
                                answering,
                                halt::halt));
        publisher =
                new Publisher(
                        Map.of(ChainKind.FILECOIN, filecoin.upstreams()),
                        ledger,
                        pipeline,
                        NodeOptions.publish(config.publish(), peerId.hashCode()),
                        fillPolicy(config.publish(), wallet),
                        (thread, failure) -> halt.halt("publishing failed", failure));
        epochs.arrive(publisher);
        final AppliedSequences applied = new AppliedSequences(ledger, answering);
        ports =
                new GatewayPorts(
                        late,
                        ledger,
                        applied,
                        pipeline::publish,
                        publisher::open,
                        wallet::draft,
                        new UpstreamNodes(filecoin.nodes(), WAIT_TIMEOUT),
                        answering);
        gateway = new Gateway(ports, NodeOptions.gateway(config.cluster()));
        probe = UpstreamProbe.start(filecoin.upstreams());
        replica = startReplica(config, peerId, applied, halt);
        late.arrive(replica);
    }

    /** Starts everything but the API. */
    static NodeCore start(final NodeFolder folder, final NodeConfig config, final Halt halt)
            throws IOException {
        return new NodeCore(folder, config, halt);
    }

    RaftNode replica() {
        return replica;
    }

    Publisher publisher() {
        return publisher;
    }

    /** The API over this node; the caller lets it listen. */
    JsonRpcServer server(final NodeFolder folder, final NodeConfig config) throws IOException {
        final var tokens = folder.tokens();
        final NodeDesk desk = new NodeDesk(identity, wallet, tokens, this::health);
        return new JsonRpcServer(
                new FilecoinApi(gateway, ports, desk, filecoin.network()).routes(),
                tokens,
                ServerLimits.standard()
                        .withMaxBodyBytes(config.api().maxRequestBytes())
                        .withRequestTimeout(config.api().requestTimeout()));
    }

    @Override
    public void close() throws IOException {
        replica.close();
        publisher.close();
        pipeline.close();
        probe.close();
        forcer.close();
        journal.close();
        answering.shutdown();
    }

    private RaftNode startReplica(
            final NodeConfig config,
            final String peerId,
            final AppliedSequences applied,
            final Halt halt)
            throws IOException {
        try {
            return RaftNode.start(
                    NodeOptions.raft(config, peerId),
                    ledger,
                    journal,
                    new ReplicaEvents(pipeline, publisher, applied, gateway),
                    halt);
        } catch (final FolderRefused e) {
            throw new NodeRefused(String.valueOf(e.getMessage()));
        }
    }

    private NodeHealth health() {
        final RaftStatus status = replica.status();
        return new NodeHealth(
                status.leader(),
                status.role(),
                status.appliedIndex(),
                // The replica repairs the journal before it applies anything further.
                true,
                probe.isReachable());
    }

    private static FillPolicy fillPolicy(final PublishConfig config, final Wallet wallet) {
        return switch (config.fillPolicy()) {
            case HOLD -> FillPolicy.HOLD;
            case FILL -> new SelfSend(wallet);
        };
    }

    private static long nowNs() {
        final Instant now = Clock.systemUTC().instant();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }
}
