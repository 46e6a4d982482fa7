package io.nelumbo.publisher.cli;

import io.nelumbo.publisher.cli.bench.Bench;
import io.nelumbo.publisher.cli.bench.BenchOptions;
import io.nelumbo.publisher.cli.bench.BenchReport;
import io.nelumbo.publisher.cli.devnet.SelfCommand;
import java.io.IOException;
import java.nio.file.Files;
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
                    + " when a message was due. Exits with 1 if a receipt was lost or doubled."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  nelumbo bench", "  nelumbo bench --in /srv/node-0-disk --seconds 30 --json"})
final class BenchCommand implements Callable<Integer> {
    private static final String PREFIX = "nelumbo-bench-";

    private final Session session;

    @Option(
            names = "--in",
            paramLabel = "<folder>",
            description = "On the disk that this one is on. Default: where temporary files go.")
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
        final Path parent = in;
        final Path folder =
                parent == null
                        ? Files.createTempDirectory(PREFIX)
                        : Files.createTempDirectory(parent, PREFIX);
        boolean clean = false;
        try {
            final BenchReport report = run(options(folder));
            session.answer(report.text(), report.json());
            clean = report.isClean();
        } finally {
            if (clean) {
                FolderTree.delete(folder);
            } else {
                session.note("the nodes' folders are kept in " + folder);
            }
        }
        return clean ? ExitCodes.OK : ExitCodes.BAD_ANSWER;
    }

    private BenchReport run(final BenchOptions options) throws IOException, InterruptedException {
        try {
            return Bench.run(
                    options,
                    SelfCommand.serving(System.getProperty("java.class.path"), List.of()),
                    session::note);
        } catch (final TimeoutException e) {
            throw new CommandFailure(ExitCodes.BAD_ANSWER, String.valueOf(e.getMessage()));
        }
    }

    private BenchOptions options(final Path folder) {
        try {
            return new BenchOptions(
                    folder,
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
