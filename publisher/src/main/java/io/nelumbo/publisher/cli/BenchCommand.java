package io.nelumbo.publisher.cli;

import io.nelumbo.publisher.cli.bench.Bench;
import io.nelumbo.publisher.cli.bench.BenchOptions;
import io.nelumbo.publisher.cli.bench.BenchReport;
import io.nelumbo.publisher.cli.bench.BenchStopped;
import io.nelumbo.publisher.cli.devnet.SelfCommand;
import io.nelumbo.publisher.load.RealDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nelumbo bench}. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "What a cluster does on this machine and this disk, and at what latency: three node"
                    + " processes and a development chain of their own, pushes one at a time, as"
                    + " many as go, half of that at a fixed rate, and in batches. Touches no other"
                    + " node and publishes nothing anywhere. Latencies at the fixed rate count from"
                    + " when a message was due. Exits with 1 if a receipt was lost or doubled, or"
                    + " a load was not acknowledged whole; with 3 if the nodes did not get ready or"
                    + " the million messages of one bench were used up: then nothing was found."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  nelumbo bench", "  nelumbo bench --in /srv/node-0-disk --seconds 30 --json"})
final class BenchCommand implements Callable<Integer> {
    private static final String PREFIX = "nelumbo-bench-";

    private final Session session;

    @Option(
            names = "--in",
            paramLabel = "<folder>",
            description =
                    "On the disk that this one is on, not in memory. Default: where temporary"
                            + " files go.")
    private @Nullable Path in;

    @Option(
            names = "--seconds",
            paramLabel = "<s>",
            description = "Of each load. Default: ${DEFAULT-VALUE}.")
    private int seconds = 10;

    @Option(
            names = "--warm-up",
            paramLabel = "<s>",
            description = "Before the first load. Default: ${DEFAULT-VALUE}.")
    private int warmUpSeconds = 30;

    @Option(names = "--accounts", paramLabel = "<n>", description = "Default: ${DEFAULT-VALUE}.")
    private int accounts = 8;

    @Option(
            names = "--window",
            paramLabel = "<n>",
            description = "Single calls in flight. Default: ${DEFAULT-VALUE}.")
    private int window = 64;

    @Option(
            names = "--batch",
            paramLabel = "<n>",
            description = "Messages in a batch. Default: ${DEFAULT-VALUE}.")
    private int batch = 100;

    BenchCommand(final Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        final BenchOptions options = options();
        return TemporaryRun.in(session, in, PREFIX, folder -> run(options, folder));
    }

    private boolean run(final BenchOptions options, final Path folder)
            throws IOException, InterruptedException {
        try {
            final BenchReport report =
                    Bench.run(
                            options,
                            folder,
                            SelfCommand.serving(System.getProperty("java.class.path"), List.of()),
                            session::note);
            session.answer(report.text(), report.json());
            report.shortfalls().forEach(session::note);
            return report.isClean() && report.shortfalls().isEmpty();
        } catch (final TimeoutException | BenchStopped e) {
            throw new CommandFailure(ExitCodes.UNREACHABLE, String.valueOf(e.getMessage()));
        } catch (final RealDisk.NoDisk e) {
            throw new CommandFailure(
                    ExitCodes.UNUSABLE_FOLDER, e.getMessage() + ": name another with --in");
        }
    }

    private BenchOptions options() {
        try {
            return new BenchOptions(
                    Duration.ofSeconds(warmUpSeconds),
                    Duration.ofSeconds(seconds),
                    accounts,
                    window,
                    batch);
        } catch (final IllegalArgumentException e) {
            throw new CommandFailure(ExitCodes.USAGE, String.valueOf(e.getMessage()));
        }
    }
}
