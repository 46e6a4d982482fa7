package io.nelumbo.publisher.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelumbo.publisher.cli.devnet.DevnetOptions;
import io.nelumbo.publisher.cli.devnet.DevnetReport;
import io.nelumbo.publisher.cli.devnet.SelfTest;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nelumbo selftest}. */
@Command(
        name = "selftest",
        mixinStandardHelpOptions = true,
        description = {
            "Three nodes and a development chain within this process: whether this Java, this disk"
                    + " and this machine carry a cluster, in a few seconds. Touches no node's folder"
                    + " and no network. Ends with the devnet's report; exits with 1 if anything was"
                    + " doubled, lost, skipped or rewritten."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  nelumbo selftest", "  nelumbo selftest --in /srv/node-0-disk --json"})
final class SelfTestCommand implements Callable<Integer> {
    private static final String PREFIX = "nelumbo-selftest-";
    private static final int ACCOUNTS = 2;
    private static final int WINDOW = 16;
    private static final long TIPSET_MS = 250;
    private static final long DEADLINE_MS = 120_000;

    private final Session session;

    @Option(names = "--messages", paramLabel = "<n>", description = "Default: ${DEFAULT-VALUE}.")
    private int messages = 40;

    @Option(
            names = "--in",
            paramLabel = "<folder>",
            description = "On the disk that this one is on. Default: where temporary files go.")
    private @Nullable Path in;

    SelfTestCommand(final Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        return TemporaryRun.in(session, in, PREFIX, this::runIn);
    }

    private boolean runIn(final Path folder) throws IOException, InterruptedException {
        final DevnetOptions options = options(folder);
        final DevnetReport report = run(options);
        final ObjectNode json = report.json();
        session.answer(json.toPrettyString(), json);
        return report.isClean(options);
    }

    /** The nodes' log goes into their folder; nobody wants to read it of a run that went well. */
    private DevnetReport run(final DevnetOptions options) throws IOException, InterruptedException {
        final PrintStream terminal = System.err;
        final Path log = options.folder().resolve("selftest.log");
        try (PrintStream file = new PrintStream(Files.newOutputStream(log), true, UTF_8)) {
            System.setErr(file);
            DaemonLog.begin(session.environment());
            return SelfTest.run(options, session::note);
        } finally {
            System.setErr(terminal);
        }
    }

    private DevnetOptions options(final Path folder) {
        try {
            return new DevnetOptions(
                    folder, messages, ACCOUNTS, 0, 1, WINDOW, 0, TIPSET_MS, DEADLINE_MS);
        } catch (final IllegalArgumentException e) {
            throw new CommandFailure(ExitCodes.USAGE, String.valueOf(e.getMessage()));
        }
    }
}
