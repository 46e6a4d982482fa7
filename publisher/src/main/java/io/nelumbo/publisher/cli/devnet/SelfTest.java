package io.nelumbo.publisher.cli.devnet;

import io.nelumbo.config.ConfigOutcome;
import io.nelumbo.publisher.devchain.DevChainOptions;
import io.nelumbo.publisher.devchain.DevChainServer;
import io.nelumbo.publisher.node.Node;
import io.nelumbo.publisher.node.NodeFolder;
import io.nelumbo.statemachine.raft.ProcessHalt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Three nodes and a development chain in this very process, for as long as some messages take. Says
 * whether this Java, this disk and this loopback carry a cluster; what happens when a process dies
 * is the {@link Devnet}'s to show. Stateless.
 */
public final class SelfTest {
    private SelfTest() {}

    /**
     * Runs it all and leaves the nodes' folders to the caller.
     *
     * @param options without kills: there is no process to kill
     */
    public static DevnetReport run(final DevnetOptions options, final Consumer<String> progress)
            throws IOException, InterruptedException {
        if (options.leaderKills() != 0) {
            throw new IllegalArgumentException(
                    "expected no kills within one process but was " + options.leaderKills());
        }
        try (DevChainServer chain =
                        DevChainServer.start(DevChainOptions.every(options.tipsetIntervalMs()), 0);
                DevnetCluster cluster = DevnetCluster.make(options, chain.url(), List.of())) {
            final List<Node> started = new ArrayList<>();
            try {
                for (final DevnetNode node : cluster.nodes()) {
                    started.add(start(node.folder()));
                }
                return new BoundedRun(options, cluster, chain, progress).run();
            } finally {
                closeAll(started);
            }
        }
    }

    private static Node start(final NodeFolder folder) throws IOException {
        // Nothing of the surroundings: a variable meant for the operator's node is not for these.
        final ConfigOutcome outcome = folder.config(Map.of());
        if (outcome instanceof ConfigOutcome.Loaded loaded) {
            return Node.start(folder, loaded.config(), null, new ProcessHalt());
        }
        throw new IOException(((ConfigOutcome.Refused) outcome).text());
    }

    /** All at once: those that are left would elect a leader among themselves first. */
    private static void closeAll(final List<Node> nodes) {
        CompletableFuture.allOf(
                        nodes.stream()
                                .map(node -> CompletableFuture.runAsync(() -> close(node)))
                                .toArray(CompletableFuture[]::new))
                .join();
    }

    private static void close(final Node node) {
        try {
            node.close();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
