package io.nelumbo.publisher.node;

import io.nelumbo.config.Multiaddr;
import io.nelumbo.config.NodeConfig;
import io.nelumbo.publisher.api.Tokens;
import io.nelumbo.publisher.api.stream.StreamServer;
import io.nelumbo.publisher.jsonrpc.JsonRpcServer;
import io.nelumbo.publisher.publish.PublisherStatus;
import io.nelumbo.publisher.wallet.Passphrase;
import io.nelumbo.statemachine.raft.Halt;
import io.nelumbo.statemachine.raft.RaftStatus;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Files;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running node. Started and closed by one thread; questions from any.
 *
 * <p>It starts from the inside out (journal, ledger, pipeline, publisher, replica, and the API
 * last) and ends the other way round, so that nobody is let in who cannot be answered.
 */
public final class Node implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Node.class);
    private static final long API_TIMEOUT_S = 30;

    private final NodeFolder folder;
    private final NodeLock lock;
    private final NodeCore core;
    private final JsonRpcServer server;
    private final Multiaddr apiAddress;
    private final int streamPort;

    private Node(
            final NodeFolder folder,
            final NodeLock lock,
            final NodeCore core,
            final JsonRpcServer server,
            final Multiaddr apiAddress,
            final int streamPort) {
        this.folder = folder;
        this.lock = lock;
        this.core = core;
        this.server = server;
        this.apiAddress = apiAddress;
        this.streamPort = streamPort;
    }

    /**
     * Starts the node of a folder, and returns when its API listens.
     *
     * @param config right in itself, and naming this node among its peers
     * @param passphrase of the keystore, or null: then encrypted keys are locked, and the node
     *     answers questions and follows, but signs nothing with them. The caller closes it.
     * @param halt ends the process when an invariant or a disk breaks (I11)
     * @throws NodeRefused when the node must not run; nothing was changed
     */
    public static Node start(
            final NodeFolder folder,
            final NodeConfig config,
            final @Nullable Passphrase passphrase,
            final Halt halt)
            throws IOException {
        final NodeLock lock = lock(folder);
        NodeCore core = null;
        try {
            core = NodeStart.start(folder, config, passphrase, halt);
            return open(folder, lock, core, config);
        } catch (final IOException | RuntimeException | Error e) {
            if (core != null) {
                core.close();
            }
            lock.close();
            throw e;
        }
    }

    /** Where clients reach this node. */
    public Multiaddr apiAddress() {
        return apiAddress;
    }

    /** The port of the binary door; 0 if there is none. */
    public int streamPort() {
        return streamPort;
    }

    /** How the replica stands. */
    public RaftStatus raftStatus() {
        return core.replica().status();
    }

    /** How publishing goes. */
    public CompletableFuture<PublisherStatus> publisherStatus() {
        return core.publisher().status();
    }

    /** Answers who waits, hands leadership over, makes the journal durable, frees the folder. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(folder.apiFile());
        server.close().orTimeout(API_TIMEOUT_S, TimeUnit.SECONDS).join();
        core.close();
        lock.close();
        LOG.info("stopped");
    }

    private static NodeLock lock(final NodeFolder folder) throws IOException {
        final NodeLock.Outcome outcome = NodeLock.take(folder);
        if (outcome instanceof NodeLock.Held held) {
            throw new NodeRefused(
                    folder.root()
                            + " is in use by "
                            + held.holder()
                            + ": a node runs once; stop that one first");
        }
        return ((NodeLock.Taken) outcome).lock();
    }

    private static Node open(
            final NodeFolder folder,
            final NodeLock lock,
            final NodeCore core,
            final NodeConfig config)
            throws IOException {
        final Tokens tokens = folder.tokens();
        final StreamServer stream = core.stream(tokens, config);
        final JsonRpcServer server = core.server(tokens, config, stream);
        final Multiaddr wanted = config.api().listenAddress();
        final Multiaddr bound = wanted.withPort(listen(server, wanted));
        Files.writeString(folder.apiFile(), bound.onThisMachine() + "\n");
        LOG.info("API at {}", bound);
        return new Node(folder, lock, core, server, bound, stream == null ? 0 : stream.port());
    }

    private static int listen(final JsonRpcServer server, final Multiaddr wanted) {
        try {
            return server.listen(wanted.host(), wanted.port())
                    .orTimeout(API_TIMEOUT_S, TimeUnit.SECONDS)
                    .join();
        } catch (final CompletionException e) {
            if (e.getCause() instanceof SocketException cannot) {
                throw new NodeRefused(
                        "the node cannot listen on %s ([API] ListenAddress): %s; it has taken no call: stop what listens there, or give it another address"
                                .formatted(wanted, cannot.getMessage()));
            }
            throw e;
        }
    }
}
