package io.nelumbo.publisher.cli.bench;

import io.nelumbo.publisher.cli.devnet.DevnetCluster;
import io.nelumbo.publisher.cli.devnet.DevnetNode;
import io.nelumbo.publisher.cli.devnet.DevnetOptions;
import io.nelumbo.publisher.cli.devnet.ExitHook;
import io.nelumbo.publisher.devchain.DevChainOptions;
import io.nelumbo.publisher.devchain.DevChainServer;
import io.nelumbo.publisher.load.RealDisk;
import java.io.IOException;
import java.nio.file.Path;
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
     * @param folder empty; on the disk that is meant
     * @param command what starts this program, without arguments
     * @throws TimeoutException if the nodes do not get ready, or do not catch up, in time
     * @throws BenchStopped if there is nothing to measure
     */
    public static BenchReport run(
            final BenchOptions options,
            final Path folder,
            final List<String> command,
            final Consumer<String> progress)
            throws IOException, InterruptedException, TimeoutException, BenchStopped {
        final String unused = RealDisk.under(folder);
        try (DevChainServer chain = DevChainServer.start(DevChainOptions.every(TIPSET_MS), 0);
                DevnetCluster cluster =
                        DevnetCluster.make(cluster(options, folder), chain.url(), command)) {
            final ExitHook hook = ExitHook.of("bench-exit", cluster::close);
            try {
                return new Measuring(options, folder, cluster, progress).run();
            } finally {
                stop(cluster);
                hook.close();
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

    private static DevnetOptions cluster(final BenchOptions options, final Path folder) {
        return new DevnetOptions(
                folder, 0, options.accounts(), 0, 1, options.window(), 0, TIPSET_MS, 0);
    }
}
