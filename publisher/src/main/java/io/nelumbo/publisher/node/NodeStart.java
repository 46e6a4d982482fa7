package io.nelumbo.publisher.node;

import io.nelumbo.config.JournalConfig;
import io.nelumbo.config.NodeConfig;
import io.nelumbo.config.PublishConfig;
import io.nelumbo.journal.chronicle.ChronicleJournal;
import io.nelumbo.journal.event.ChainKind;
import io.nelumbo.publisher.api.NodeIdentity;
import io.nelumbo.publisher.api.UpstreamNodes;
import io.nelumbo.publisher.api.feed.PoolFeed;
import io.nelumbo.publisher.api.proxy.ProxyPorts;
import io.nelumbo.publisher.api.push.AppliedSequences;
import io.nelumbo.publisher.api.push.Gateway;
import io.nelumbo.publisher.api.push.GatewayPorts;
import io.nelumbo.publisher.api.upstream.CallRoom;
import io.nelumbo.publisher.api.upstream.UpstreamWatch;
import io.nelumbo.publisher.chain.filecoin.FilecoinMessage;
import io.nelumbo.publisher.chain.filecoin.NativeCurves;
import io.nelumbo.publisher.jsonrpc.ClientConnections;
import io.nelumbo.publisher.pipeline.LeaderClock;
import io.nelumbo.publisher.pipeline.Pipeline;
import io.nelumbo.publisher.pipeline.PipelinePorts;
import io.nelumbo.publisher.publish.Publisher;
import io.nelumbo.publisher.publish.port.FillPolicy;
import io.nelumbo.publisher.trace.Tracing;
import io.nelumbo.publisher.trace.otel.OtlpTracer;
import io.nelumbo.publisher.wallet.Drafting;
import io.nelumbo.publisher.wallet.KeystoreFailure;
import io.nelumbo.publisher.wallet.Passphrase;
import io.nelumbo.publisher.wallet.Wallet;
import io.nelumbo.statemachine.identity.PeerIdentity;
import io.nelumbo.statemachine.ledger.Ledger;
import io.nelumbo.statemachine.raft.FolderRefused;
import io.nelumbo.statemachine.raft.Halt;
import io.nelumbo.statemachine.raft.JournalForcer;
import io.nelumbo.statemachine.raft.RaftDisk;
import io.nelumbo.statemachine.raft.RaftNode;
import io.nelumbo.statemachine.raft.ReplicaListener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a node together, from the inside out: journal, pipeline, publisher, gateway, and the replica
 * last, because from then on things happen. Owned by the starting thread.
 */
final class NodeStart {
    private static final Logger LOG = LoggerFactory.getLogger(NodeStart.class);
    private static final int ANSWERING_THREADS = 2;
    private static final int MAX_KEYSTORE_CALLS = 64;

    /** Most reads take less than a second; the watch needs as long to find an upstream stuck. */
    private static final Duration TURN_TIMEOUT = Duration.ofSeconds(10);

    /** For one upstream; within the API's own timeout a second one can be asked. */
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(25);

    private static final Duration WAIT_TIMEOUT = Duration.ofMinutes(10);
    private static final long END_TIMEOUT_S = 10;
    private static final int FILECOIN_BLOCK_DELAY_S = 30;

    private final NodeConfig config;
    private final Halt halt;
    private final PeerIdentity peer;
    private final NodeIdentity identity;
    private final OpenParts open = new OpenParts();
    private final Ledger ledger = new Ledger();
    private final LateReplica late = new LateReplica();

    private NodeStart(final NodeConfig config, final Halt halt, final PeerIdentity peer) {
        this.config = config;
        this.halt = halt;
        this.peer = peer;
        this.identity = identity(peer, config);
    }

    /**
     * Starts everything but the API.
     *
     * @throws NodeRefused when the node must not run on this folder; nothing is left running
     */
    static NodeCore start(
            final NodeFolder folder,
            final NodeConfig config,
            final @Nullable Passphrase passphrase,
            final Halt halt)
            throws IOException {
        final NodeStart start = new NodeStart(config, halt, folder.identity());
        try {
            return start.start(passphrase);
        } catch (final IOException | RuntimeException | Error e) {
            start.late.stayAway();
            start.open.close();
            throw e;
        }
    }

    private NodeCore start(final @Nullable Passphrase passphrase) throws IOException {
        loadCurves();
        final Wallet wallet = open.add(openWallet(passphrase));
        final ExecutorService keystore = NodeThreads.single("keystore", MAX_KEYSTORE_CALLS);
        open.add(() -> end(keystore));
        final UpstreamNetwork network = open.add(new UpstreamNetwork());
        final ClientConnections connections = open.add(ClientConnections.open());
        final Tracing tracing = tracing();
        final FilecoinSide filecoin =
                FilecoinSide.of(
                                config.upstreams(),
                                network,
                                connections,
                                config.publish().upstreamTimeout())
                        .traced(tracing);
        network.ask(filecoin.nodes());
        final ExecutorService answering =
                Executors.newFixedThreadPool(ANSWERING_THREADS, NodeThreads.named("answering"));
        open.add(() -> end(answering));
        final ChronicleJournal journal = openJournal(config.journal());
        final KeyCensus keys = new KeyCensus(ledger, wallet, System::nanoTime);
        final EpochRelay epochs = new EpochRelay(() -> answering.execute(keys::complain));
        final Pipeline pipeline = open.add(pipeline(journal, epochs, answering));
        final Function<FilecoinMessage, Drafting> drafts =
                message -> wallet.draft(message, network.known());
        final Publisher publisher = open.add(publisher(filecoin, pipeline, drafts));
        epochs.arrive(publisher);
        final AppliedSequences applied = new AppliedSequences(ledger, answering);
        final UpstreamWatch watch = new UpstreamWatch(filecoin.upstreams(), System::nanoTime);
        final CallRoom room = new CallRoom();
        final GatewayPorts ports =
                new GatewayPorts(
                        late,
                        ledger,
                        applied,
                        pipeline::publish,
                        publisher::open,
                        drafts,
                        new UpstreamNodes(filecoin.nodes(), watch, room, WAIT_TIMEOUT, answering),
                        network::known,
                        tracing,
                        answering);
        final Gateway gateway =
                new Gateway(ports, NodeOptions.gateway(config.cluster(), config.fees()));
        open.add(UpstreamProbe.start(watch));
        final PoolFeed feed = new PoolFeed(ledger, filecoin.json(), answering);
        final ProxyPorts proxy =
                new ProxyPorts(
                        filecoin.rawV0(),
                        filecoin.rawV1(),
                        watch,
                        room,
                        TURN_TIMEOUT,
                        CALL_TIMEOUT,
                        WAIT_TIMEOUT,
                        answering);
        final RaftNode replica =
                open.add(
                        replica(
                                journal,
                                new ReplicaEvents(pipeline, publisher, applied, feed, gateway)));
        late.arrive(replica);
        return new NodeCore(
                identity, wallet, keystore, filecoin, ports, proxy, feed, gateway, publisher, keys,
                replica, open);
    }

    private Tracing tracing() {
        return config.cluster().tracing()
                ? Tracing.by(open.add(OtlpTracer.open(identity.peerId())))
                : Tracing.OFF;
    }

    /** Found now, it is a reason not to start; later, each of its messages would meet it. */
    private static void loadCurves() {
        try {
            NativeCurves.load();
        } catch (final IOException e) {
            throw new NodeRefused(String.valueOf(e.getMessage()));
        }
    }

    private Wallet openWallet(final @Nullable Passphrase passphrase) {
        final Wallet wallet;
        try {
            wallet = Wallet.open(config.wallet().folder(), passphrase);
        } catch (final KeystoreFailure e) {
            throw new NodeRefused(String.valueOf(e.getMessage()));
        }
        if (wallet.isLocked()) {
            LOG.warn("the keystore is locked, nothing is signed here: {}", Wallet.WAY_OUT);
        }
        if (wallet.unencryptedKeys() > 0) {
            LOG.warn(
                    "{} keys in {} are not encrypted; `nelumbo wallet encrypt` does it",
                    wallet.unencryptedKeys(),
                    config.wallet().folder());
        }
        return wallet;
    }

    private ChronicleJournal openJournal(final JournalConfig journalConfig) {
        final ChronicleJournal journal =
                open.add(
                        ChronicleJournal.open(
                                journalConfig.folder(), NodeOptions.journal(journalConfig)));
        open.add(JournalForcer.start(journal, journalConfig.forceInterval(), halt));
        return journal;
    }

    private Pipeline pipeline(
            final ChronicleJournal journal,
            final EpochRelay epochs,
            final ExecutorService answering) {
        return new Pipeline(
                NodeOptions.pipeline(config.pipeline()),
                new PipelinePorts(
                        late,
                        ledger,
                        LeaderClock.system(),
                        identity.peerId(),
                        late::stepDown,
                        headroom(journal),
                        epochs,
                        journal::batchOf,
                        answering,
                        halt::halt));
    }

    private DiskHeadroom headroom(final ChronicleJournal journal) {
        final Path raft = config.cluster().dataFolder();
        final RaftDisk raftDisk =
                new RaftDisk(
                        raft, config.journal().freeSpaceMinBytes(), NodeOptions.FREE_SPACE_REFRESH);
        return new DiskHeadroom(
                List.of(
                        new DiskHeadroom.Disk("Raft log", raft, raftDisk::hasHeadroom),
                        new DiskHeadroom.Disk(
                                "journal", config.journal().folder(), journal::hasHeadroom)));
    }

    private Publisher publisher(
            final FilecoinSide filecoin,
            final Pipeline pipeline,
            final Function<FilecoinMessage, Drafting> drafts) {
        return new Publisher(
                Map.of(ChainKind.FILECOIN, filecoin.upstreams()),
                ledger,
                pipeline,
                // The peer id seeds the jitter: nodes must not retry in step.
                NodeOptions.publish(config.publish(), identity.peerId().hashCode()),
                fillPolicy(config.publish(), drafts),
                (thread, failure) -> halt.halt("publishing failed", failure));
    }

    private RaftNode replica(final ChronicleJournal journal, final ReplicaListener events)
            throws IOException {
        try {
            return RaftNode.start(NodeOptions.raft(config, peer), ledger, journal, events, halt);
        } catch (final FolderRefused e) {
            throw new NodeRefused(String.valueOf(e.getMessage()));
        }
    }

    private static NodeIdentity identity(final PeerIdentity peer, final NodeConfig config) {
        return new NodeIdentity(
                peer.peerId().toString(),
                BuildVersion.text(),
                FILECOIN_BLOCK_DELAY_S,
                config.libp2p().listenAddresses().stream()
                        .map(address -> address.onThisMachine().toString())
                        .toList());
    }

    private static FillPolicy fillPolicy(
            final PublishConfig config, final Function<FilecoinMessage, Drafting> drafts) {
        return switch (config.fillPolicy()) {
            case HOLD -> FillPolicy.HOLD;
            case FILL -> new SelfSend(drafts);
        };
    }

    /** Lets those finish who are being answered. */
    private static void end(final ExecutorService answering) throws InterruptedException {
        answering.shutdown();
        answering.awaitTermination(END_TIMEOUT_S, TimeUnit.SECONDS);
    }
}
