package io.nelumbo.publisher.cli.devnet;

import io.nelumbo.publisher.devchain.DevChainOptions;
import io.nelumbo.publisher.devchain.DevChainServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Owned by one thread. A devnet from its first process to its last: whatever happens in between,
 * none of them is left behind.
 */
public final class Devnet implements AutoCloseable {
    private final DevnetOptions options;
    private final DevChainServer chain;
    private final DevnetCluster cluster;
    private final ExitHook hook;

    private Devnet(
            final DevnetOptions options,
            final DevChainServer chain,
            final DevnetCluster cluster,
            final ExitHook hook) {
        this.options = options;
        this.chain = chain;
        this.cluster = cluster;
        this.hook = hook;
    }

    /**
     * Makes folders, starts the chain and the node processes, and returns without waiting for them.
     *
     * @param command what starts this program, without arguments
     */
    public static Devnet start(final DevnetOptions options, final List<String> command)
            throws IOException {
        final DevChainServer chain =
                DevChainServer.start(DevChainOptions.every(options.tipsetIntervalMs()), 0);
        try {
            final DevnetCluster cluster = DevnetCluster.make(options, chain.url(), command);
            final ExitHook hook = ExitHook.of("devnet-exit", cluster::close);
            cluster.startAll();
            return new Devnet(options, chain, cluster, hook);
        } catch (final IOException | RuntimeException e) {
            chain.close();
            throw e;
        }
    }

    /** Sends the messages of the options, with its kills, and reports. */
    public DevnetReport runBounded(final Consumer<String> progress)
            throws IOException, InterruptedException {
        return new BoundedRun(options, cluster, chain, progress).run();
    }

    /**
     * Sends until the thread is interrupted, and tells how it goes once a second.
     *
     * @param notes is told when all nodes are ready
     */
    public void runLive(final Consumer<String> notes, final Consumer<String> lines)
            throws InterruptedException {
        new LiveRun(options, cluster, chain, notes, lines).run();
    }

    /** What a user needs to join in: URLs, a token, the chain. */
    public List<String> endpoints() {
        final List<String> lines = new ArrayList<>();
        lines.add("chain   " + chain.url());
        for (final DevnetNode node : cluster.nodes()) {
            lines.add(
                    "%s  %s  process %d  log %s"
                            .formatted(
                                    node.folder().root().getFileName(),
                                    node.api().url("/rpc/v1"),
                                    node.process().pid(),
                                    node.folder().root().resolve("node.log")));
        }
        lines.add(
                "FULLNODE_API_INFO="
                        + String.join(
                                ",",
                                cluster.nodes().stream()
                                        .map(node -> node.token() + ":" + node.api())
                                        .toList()));
        lines.add("account " + cluster.accounts().get(0));
        return lines;
    }

    /** Stops the nodes in order; SIGKILL for one that does not heed, or when interrupted. */
    @Override
    public void close() {
        cluster.nodes().forEach(node -> node.process().askToStop());
        try {
            for (final DevnetNode node : cluster.nodes()) {
                node.process().awaitStop();
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        cluster.close();
        chain.close();
        hook.close();
    }
}
