package io.nelumbo.publisher.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelumbo.publisher.cli.devnet.Devnet;
import io.nelumbo.publisher.cli.devnet.DevnetOptions;
import io.nelumbo.publisher.cli.devnet.DevnetReport;
import io.nelumbo.publisher.cli.devnet.SelfCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nelumbo devnet}. */
@Command(
        name = "devnet",
        mixinStandardHelpOptions = true,
        description = {
            "Three nodes and a development chain on this machine, with traffic through them. With"
                    + " --messages it ends with a report that is computed from the three journals"
                    + " and from what the chain received, and exits with 1 if anything was"
                    + " doubled, lost, skipped or rewritten. When all nodes are ready, a line on standard"
                    + " error says so: ready after <n> ms, since Java began (readyMs in the report)."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  nelumbo devnet",
            "  nelumbo devnet --messages 20000 --accounts 8 --kill-leader 3 --json"
        })
final class DevnetCommand implements Callable<Integer> {
    private static final String PREFIX = "nelumbo-devnet-";
    private static final int LIVE_RATE = 200;

    private final Session session;

    @Option(names = "--messages", paramLabel = "<n>", description = "Send so many, then report.")
    private int messages;

    @Option(names = "--accounts", paramLabel = "<n>", description = "Default: ${DEFAULT-VALUE}.")
    private int accounts = 8;

    @Option(
            names = "--kill-leader",
            paramLabel = "<n>",
            description = "SIGKILL the current leader so often under load, and restart it.")
    private int leaderKills;

    @Option(names = "--seed", paramLabel = "<n>", description = "Of request ids. Default: 1.")
    private long seed = 1;

    @Option(
            names = "--window",
            paramLabel = "<n>",
            description = "Requests in flight at most. Default: ${DEFAULT-VALUE}.")
    private int window = 256;

    @Option(
            names = "--rate",
            paramLabel = "<n>",
            description =
                    "Messages per second, 0 for all that goes. Default: 0 with --messages, else "
                            + LIVE_RATE
                            + ".")
    private @Nullable Integer rate;

    @Option(
            names = "--tipset-ms",
            paramLabel = "<ms>",
            description = "The chain mines so often. Default: ${DEFAULT-VALUE}.")
    private long tipsetIntervalMs = 500;

    @Option(
            names = "--deadline-s",
            paramLabel = "<s>",
            description = "A bounded run that takes longer failed. Default: ${DEFAULT-VALUE}.")
    private long deadlineS = 300;

    @Option(
            names = "--keep",
            paramLabel = "<folder>",
            description = "Keep the nodes' folders here. Default: a temporary one, deleted.")
    private @Nullable Path keep;

    DevnetCommand(final Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        final Path kept = keep;
        if (kept == null) {
            return TemporaryRun.in(session, null, PREFIX, this::runIn);
        }
        try {
            return runIn(kept) ? ExitCodes.OK : ExitCodes.BAD_ANSWER;
        } finally {
            session.note("the nodes' folders are kept in " + kept);
        }
    }

    private boolean runIn(final Path folder) throws IOException, InterruptedException {
        final DevnetOptions options = options(folder);
        try (Devnet devnet =
                Devnet.start(
                        options,
                        SelfCommand.of(System.getProperty("java.class.path"), List.of()))) {
            devnet.endpoints().forEach(session::note);
            return options.messages() == 0 ? live(devnet) : bounded(devnet, options);
        }
    }

    private DevnetOptions options(final Path folder) {
        final Integer asked = rate;
        try {
            return new DevnetOptions(
                    folder,
                    messages,
                    accounts,
                    leaderKills,
                    seed,
                    window,
                    asked != null ? asked : messages == 0 ? LIVE_RATE : 0,
                    tipsetIntervalMs,
                    deadlineS * 1_000);
        } catch (final IllegalArgumentException e) {
            throw new CommandFailure(ExitCodes.USAGE, String.valueOf(e.getMessage()));
        }
    }

    private boolean bounded(final Devnet devnet, final DevnetOptions options)
            throws IOException, InterruptedException {
        final DevnetReport report = devnet.runBounded(session::note);
        final ObjectNode json = report.json();
        session.answer(json.toPrettyString(), json);
        return report.isClean(options);
    }

    private boolean live(final Devnet devnet) throws InterruptedException {
        devnet.runLive(
                session::note, line -> session.line(line, Session.object().put("line", line)));
        return true;
    }
}
