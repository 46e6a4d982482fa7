package io.nelumbo.publisher.cli.devnet;

import io.nelumbo.config.Multiaddr;
import io.nelumbo.publisher.chain.filecoin.Network;
import io.nelumbo.publisher.chain.filecoin.SignatureType;
import io.nelumbo.publisher.jsonrpc.ClientConnections;
import io.nelumbo.publisher.jsonrpc.JsonRpcClient;
import io.nelumbo.publisher.node.NodeFolder;
import io.nelumbo.publisher.node.NodeInit;
import io.nelumbo.publisher.wallet.Wallet;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Owned by the devnet's main thread. Three nodes on this machine: made as an operator makes them
 * (init, keys imported, peer set copied), each in a process of its own.
 */
public final class DevnetCluster implements AutoCloseable {
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(60);

    /** A node must not outlive this process, however this one ends. */
    private static final String DAEMON_ENDS_WITH_US = "--until-input-ends";

    private static final int MAX_RESPONSE_BYTES = 64 << 20;

    private final List<DevnetNode> nodes;
    private final List<String> accounts;
    private final ClientConnections connections;

    private DevnetCluster(
            final List<DevnetNode> nodes,
            final List<String> accounts,
            final ClientConnections connections) {
        this.nodes = nodes;
        this.connections = connections;
        this.accounts = accounts;
    }

    /**
     * Makes the nodes' folders; starts nothing.
     *
     * @param upstreamUrl the chain that they publish to
     * @param command what starts this program, without arguments
     */
    public static DevnetCluster make(
            final DevnetOptions options, final String upstreamUrl, final List<String> command)
            throws IOException {
        final List<NodeFolder> folders = new ArrayList<>();
        final List<String> peerset = new ArrayList<>();
        final List<Integer> apiPorts = new ArrayList<>();
        final List<Integer> ports = LastingPorts.choose(2 * DevnetOptions.NODES);
        for (int i = 0; i < DevnetOptions.NODES; i++) {
            final NodeFolder folder = new NodeFolder(options.folder().resolve("node-" + i));
            if (!(NodeInit.init(folder, "") instanceof NodeInit.Created created)) {
                throw new IOException("expected no node in " + folder.root() + " but there is one");
            }
            folders.add(folder);
            apiPorts.add(ports.get(2 * i));
            peerset.add(
                    Multiaddr.loopback(ports.get(2 * i + 1))
                            .withPeerId(created.peerId())
                            .toString());
        }
        final List<String> accounts = makeKeys(folders, options.accounts());
        final ClientConnections connections = ClientConnections.open();
        final List<DevnetNode> nodes = new ArrayList<>();
        for (int i = 0; i < DevnetOptions.NODES; i++) {
            final NodeFolder folder = folders.get(i);
            Files.writeString(
                    folder.configFile(),
                    DevnetConfig.text(
                            apiPorts.get(i),
                            Multiaddr.parse(peerset.get(i)).port(),
                            peerset,
                            upstreamUrl));
            nodes.add(node(connections, folder, apiPorts.get(i), command));
        }
        return new DevnetCluster(List.copyOf(nodes), accounts, connections);
    }

    /** Starts every node; does not wait for any. */
    public void startAll() throws IOException {
        for (final DevnetNode node : nodes) {
            node.process().start();
        }
    }

    /** All of them, running or not. */
    public List<DevnetNode> nodes() {
        return nodes;
    }

    /** Addresses of the accounts whose keys every node has. */
    public List<String> accounts() {
        return accounts;
    }

    List<JsonRpcClient> clients() {
        return nodes.stream().map(DevnetNode::client).toList();
    }

    /** SIGKILL to every node that runs; calls that are under way fail. */
    @Override
    public void close() {
        nodes.forEach(node -> node.process().close());
        connections.close();
    }

    private static DevnetNode node(
            final ClientConnections connections,
            final NodeFolder folder,
            final int apiPort,
            final List<String> command)
            throws IOException {
        final List<String> daemon = new ArrayList<>(command);
        daemon.addAll(List.of("--folder", folder.root().toString(), "daemon", DAEMON_ENDS_WITH_US));
        final Multiaddr api = Multiaddr.parse("/ip4/127.0.0.1/tcp/" + apiPort + "/http");
        final String token = folder.adminToken();
        return new DevnetNode(
                folder,
                folder.identity().peerId().toString(),
                api,
                token,
                new NodeProcess(folder.root(), daemon),
                new JsonRpcClient(
                        connections, api.url("/rpc/v1"), token, CALL_TIMEOUT, MAX_RESPONSE_BYTES));
    }

    /** The same keys for everybody: made on the first node, imported on the others. */
    private static List<String> makeKeys(final List<NodeFolder> folders, final int count) {
        final List<Wallet> wallets =
                folders.stream().map(folder -> Wallet.open(folder.keystoreFolder())).toList();
        final List<String> accounts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final var address = wallets.get(0).create(SignatureType.SECP256K1);
            final var key = Objects.requireNonNull(wallets.get(0).exportKey(address));
            wallets.subList(1, wallets.size()).forEach(wallet -> wallet.importKey(key));
            accounts.add(address.text(Network.TESTNET));
        }
        return List.copyOf(accounts);
    }
}
