package io.nelumbo.publisher.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.nelumbo.config.Multiaddr;
import io.nelumbo.publisher.cli.devnet.DevnetNode;
import io.nelumbo.publisher.cli.devnet.LastingPorts;
import io.nelumbo.publisher.cli.devnet.NodeProcess;
import io.nelumbo.publisher.cli.devnet.Readiness;
import io.nelumbo.publisher.jsonrpc.ClientConnections;
import io.nelumbo.publisher.jsonrpc.JsonRpcClient;
import io.nelumbo.publisher.node.NodeFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A node without peers, made by its own command line as an operator makes it. Owned by the test's
 * thread.
 */
final class SingleNode implements AutoCloseable {
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(60);
    private static final int MAX_RESPONSE_BYTES = 64 << 20;

    private final DevnetNode node;
    private final ClientConnections connections;
    private final Readiness readiness = new Readiness();

    private SingleNode(final DevnetNode node, final ClientConnections connections) {
        this.node = node;
        this.connections = connections;
    }

    /**
     * Makes the folder; starts nothing.
     *
     * @param folder not there yet
     * @param upstreamUrl the chain that it publishes to
     */
    static SingleNode make(final Path folder, final String upstreamUrl)
            throws IOException, InterruptedException {
        final Path config = Files.createTempFile("nelumbo-it-", ".toml");
        final List<Integer> ports = LastingPorts.choose(2);
        try {
            Files.writeString(config, config(ports.get(0), ports.get(1), upstreamUrl));
            final Program.Ran made =
                    Program.run(folder, "init", "--config", config.toString(), "--json");
            assertThat(made.exitCode()).as("%s", made).isZero();
            final ClientConnections connections = ClientConnections.open();
            return new SingleNode(
                    node(
                            connections,
                            new NodeFolder(folder),
                            made.json().path("peerId").asText(),
                            Multiaddr.parse("/ip4/127.0.0.1/tcp/" + ports.get(0) + "/http")),
                    connections);
        } finally {
            Files.delete(config);
        }
    }

    private static String config(final int apiPort, final int peerPort, final String upstreamUrl) {
        return """
        [API]
        ListenAddress = "/ip4/127.0.0.1/tcp/%d/http"

        [Libp2p]
        ListenAddresses = ["/ip4/127.0.0.1/tcp/%d"]

        [Cluster]
        ClusterModeEnabled = false

        [Publish]
        Confidence = 2
        PollInterval = "100ms"
        RebroadcastInterval = "500ms"
        UpstreamTimeout = "3s"

        [Journal]
        FreeSpaceMinBytes = 268435456

        [[Upstream]]
        Chain = "filecoin"
        URLs = ["%s"]
        """
                .formatted(apiPort, peerPort, upstreamUrl);
    }

    private static DevnetNode node(
            final ClientConnections connections,
            final NodeFolder folder,
            final String peerId,
            final Multiaddr api)
            throws IOException {
        final List<String> daemon = new ArrayList<>(Program.COMMAND);
        daemon.addAll(List.of("--folder", folder.root().toString(), "daemon"));
        final String token = folder.adminToken();
        return new DevnetNode(
                folder,
                peerId,
                api,
                token,
                new NodeProcess(folder.root(), daemon),
                new JsonRpcClient(
                        connections, api.url("/rpc/v1"), token, CALL_TIMEOUT, MAX_RESPONSE_BYTES));
    }

    /** Makes a key, as {@code nelumbo wallet new}; returns its address. */
    String newAccount() throws IOException, InterruptedException {
        return answered("wallet", "new").path("address").asText();
    }

    /** Starts the daemon and returns when it is ready. */
    void start() throws IOException, InterruptedException {
        node.process().start();
        Await.until(
                "the node to be ready",
                () -> {
                    if (!node.process().isRunning()) {
                        throw new AssertionError("the daemon ended instead of starting");
                    }
                    return readiness.of(node).path("ready").asBoolean();
                });
    }

    /** SIGTERM; returns when the process is gone. */
    void stop() throws InterruptedException {
        node.process().askToStop();
        node.process().awaitStop();
    }

    /** SIGKILL; returns when the process is gone. */
    void kill() throws InterruptedException {
        node.process().kill();
    }

    /** Runs a command about this node, in a process of its own. */
    Program.Ran run(final String... words) throws IOException, InterruptedException {
        return Program.run(root(), words);
    }

    /** What a command answers, which must succeed. */
    JsonNode answered(final String... words) throws IOException, InterruptedException {
        final List<String> all = new ArrayList<>(List.of(words));
        all.add("--json");
        final Program.Ran ran = run(all.toArray(String[]::new));
        assertThat(ran.exitCode()).as("%s", ran).isZero();
        return ran.json();
    }

    /** Calls a method, which must succeed. */
    JsonNode call(final String method, final JsonNode... params) throws InterruptedException {
        return Await.value(client().call("Filecoin." + method, params));
    }

    JsonRpcClient client() {
        return node.client();
    }

    Path root() {
        return node.folder().root();
    }

    Multiaddr api() {
        return node.api();
    }

    /** May do everything. */
    String token() {
        return node.token();
    }

    String peerId() {
        return node.peerId();
    }

    long pid() {
        return node.process().pid();
    }

    /** The journal's folder, where the configuration leaves it. */
    Path journal() {
        return root().resolve("journal");
    }

    /** Whether nothing waits for its confirmation. */
    boolean isConfirmed() throws InterruptedException {
        return call("MpoolPending").isEmpty();
    }

    @Override
    public void close() {
        node.process().close();
        connections.close();
    }
}
