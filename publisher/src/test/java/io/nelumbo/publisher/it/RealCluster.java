package io.nelumbo.publisher.it;

import com.fasterxml.jackson.databind.JsonNode;
import io.nelumbo.publisher.cli.devnet.DevnetCluster;
import io.nelumbo.publisher.cli.devnet.DevnetNode;
import io.nelumbo.publisher.cli.devnet.DevnetOptions;
import io.nelumbo.publisher.cli.devnet.JournalFacts;
import io.nelumbo.publisher.cli.devnet.LastingPorts;
import io.nelumbo.publisher.cli.devnet.Readiness;
import io.nelumbo.publisher.client.stream.StreamClient;
import io.nelumbo.publisher.client.stream.StreamOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** Three nodes in processes of their own. Owned by the test's thread; calls from any. */
final class RealCluster implements AutoCloseable {
    private static final String CLUSTER_MODE = "ClusterModeEnabled = true\n";
    private static final String API = "[API]\n";
    private static final String STREAM = "StreamListenAddress = \"/ip4/127.0.0.1/tcp/%d\"\n";

    private final DevnetCluster cluster;
    private final Readiness readiness = new Readiness();
    private final Map<DevnetNode, Integer> streamPorts;

    private RealCluster(final DevnetCluster cluster, final Map<DevnetNode, Integer> streamPorts) {
        this.cluster = cluster;
        this.streamPorts = streamPorts;
    }

    /**
     * Makes the nodes' folders; starts nothing.
     *
     * @param clusterSettings lines for the section {@code [Cluster]} of each
     */
    static RealCluster make(
            final Path folder,
            final int accounts,
            final String upstreamUrl,
            final String clusterSettings)
            throws IOException {
        final DevnetCluster cluster =
                DevnetCluster.make(
                        new DevnetOptions(folder, 0, accounts, 0, 0, 1, 0, 1, 1),
                        upstreamUrl,
                        Program.COMMAND);
        final Map<DevnetNode, Integer> streamPorts = new HashMap<>();
        for (final DevnetNode node : cluster.nodes()) {
            final int streamPort = LastingPorts.choose(1).get(0);
            streamPorts.put(node, streamPort);
            final Path config = node.folder().configFile();
            Files.writeString(
                    config,
                    Files.readString(config)
                            .replace(CLUSTER_MODE, CLUSTER_MODE + clusterSettings + "\n")
                            .replace(API, API + STREAM.formatted(streamPort)));
        }
        return new RealCluster(cluster, streamPorts);
    }

    /** Starts all nodes and returns when they are ready. */
    void start() throws IOException, InterruptedException {
        cluster.startAll();
        awaitLevel();
    }

    List<DevnetNode> nodes() {
        return cluster.nodes();
    }

    DevnetNode node(final int index) {
        return cluster.nodes().get(index);
    }

    String account(final int index) {
        return cluster.accounts().get(index);
    }

    /** The leader that some running node knows. */
    DevnetNode leader() throws InterruptedException {
        final AtomicReference<String> known = new AtomicReference<>("");
        Await.until(
                "a leader",
                () -> {
                    // Asked once: who knew a leader may know none when asked again.
                    known.set(readiness.leader(nodes()));
                    return !known.get().isEmpty();
                });
        return nodes().stream()
                .filter(node -> node.peerId().equals(known.get()))
                .findAny()
                .orElseThrow(() -> new AssertionError("no node has the peer id " + known));
    }

    /** Returns when all nodes are ready and have applied the same. */
    void awaitLevel() throws InterruptedException {
        Await.until("the nodes to be level", () -> readiness.isLevel(nodes()));
    }

    /** Returns when this node is ready. */
    void awaitReady(final DevnetNode node) throws InterruptedException {
        Await.until("a node to be ready", () -> readiness.of(node).path("ready").asBoolean());
    }

    /** Calls a method of one node. */
    CompletableFuture<JsonNode> call(
            final DevnetNode node, final String method, final JsonNode... params) {
        return node.client().call("Filecoin." + method, params);
    }

    /** A client of one node's binary door, with a token that may do everything. */
    StreamClient stream(final DevnetNode node) throws IOException {
        return StreamClient.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), streamPorts.get(node)),
                Files.readString(node.folder().tokenFile()).strip(),
                StreamOptions.standard());
    }

    /** The journaled messages of an account, on one node, from its files. */
    static List<JournalFacts.Message> journaled(final DevnetNode node, final String account) {
        final JournalFacts facts = JournalFacts.read(node.folder().root().resolve("journal"));
        if (facts.fault() != null) {
            throw new AssertionError("journal of " + node.folder().root() + ": " + facts.fault());
        }
        return facts.messages().stream().filter(it -> it.from().equals(account)).toList();
    }

    @Override
    public void close() {
        cluster.close();
    }
}
