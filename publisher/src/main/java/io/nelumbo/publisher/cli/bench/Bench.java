package io.nelumbo.publisher.cli.bench;

import io.nelumbo.publisher.cli.devnet.DevnetCluster;
import io.nelumbo.publisher.cli.devnet.DevnetNode;
import io.nelumbo.publisher.cli.devnet.DevnetOptions;
import io.nelumbo.publisher.devchain.DevChainOptions;
import io.nelumbo.publisher.devchain.DevChainServer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Owned by one thread. A cluster of three node processes in a folder of its own and a development
 * chain in this process: nothing else on the machine is touched, and none of them is left behind.
 */
public final class Bench {

    /** The pace of a chain that does not hold up the lanes. */
    private static final long TIPSET_MS = 500;

    private Bench() {}

    /**
     * Runs it all.
     *
     * @param command what starts this program, without arguments
     * @throws TimeoutException if the nodes do not get ready, or do not catch up, in time
     */
    public static BenchReport run(
            final BenchOptions options, final List<String> command, final Consumer<String> progress)
            throws IOException, InterruptedException, TimeoutException {
        try (DevChainServer chain = DevChainServer.start(DevChainOptions.every(TIPSET_MS), 0);
                DevnetCluster cluster =
                        DevnetCluster.make(cluster(options), chain.url(), command)) {
            final Thread atExit = new Thread(cluster::close, "bench-exit");
            Runtime.getRuntime().addShutdownHook(atExit);
            try {
                return new Measuring(options, cluster, progress).run();
            } finally {
                stop(cluster);
                Runtime.getRuntime().removeShutdownHook(atExit);
            }
        }
    }

    /** In order; SIGKILL for one that does not heed. */
    static void stop(final DevnetCluster cluster) throws InterruptedException {
        cluster.nodes().forEach(node -> node.process().askToStop());
        for (final DevnetNode node : cluster.nodes()) {
            node.process().awaitStop();
        }
    }

    private static DevnetOptions cluster(final BenchOptions options) {
        return new DevnetOptions(
                options.folder(), 0, options.accounts(), 0, 1, options.window(), 0, TIPSET_MS, 0);
    }
}
