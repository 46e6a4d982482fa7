package io.nelumbo.publisher.cli;

import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.node.BuildVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** The command line's main class and table of contents. */
@Command(
        name = "nelumbo",
        mixinStandardHelpOptions = true,
        versionProvider = Nelumbo.Version.class,
        description = {
            "Publishes messages to account-based chains from a cluster that never uses a nonce"
                    + " twice, never leaves a gap, and never loses a message that it acknowledged."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, and the answer is good",
            "1:done, and the answer is bad: mistakes found, a call refused, a journal broken",
            "2:the command line was not understood",
            "3:no node answered; repeat what was sent with the same --request-id",
            "4:the node's folder or configuration cannot be used",
            "70:a running node halted itself to keep its promises; its log says why"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  nelumbo init                     make a node in ~/.nelumbo",
            "  nelumbo config check             find every mistake in its configuration",
            "  nelumbo net listen               its address, for InitPeersetMultiAddr",
            "  export $(nelumbo auth api-info)  let clients find it",
            "  nelumbo cluster leader           ask any node who leads",
            "",
            "Help of one command: nelumbo help <command>, or --help behind it."
        })
public final class Nelumbo implements Callable<Integer> {
    private static final String DAEMON = "daemon";
    private static final List<String> ASKS_FOR_HELP = List.of("help", "--help", "-h");

    private @Mixin final Session session;

    private Nelumbo(final Session session) {
        this.session = session;
    }

    /** Runs one command and ends the process with its exit code. */
    public static void main(final String[] args) {
        if (List.of(args).contains(DAEMON)) {
            HeadStart.begin();
        }
        quietLibraries();
        final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        final PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(new Session(System.getenv(), System.in, out, err), args));
    }

    /** Runs one command and returns its exit code. */
    static int run(final Session session, final String... args) {
        final CommandLine line = commands(session, List.of(args));
        session.direct(line);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.registerConverter(FilecoinAddress.class, FilecoinAddress::parse);
        line.registerConverter(FilAmount.class, FilAmount::parse);
        line.registerConverter(Base64Text.class, Base64Text::parse);
        line.setExecutionExceptionHandler((failure, command, parsed) -> explain(session, failure));
        line.setParameterExceptionHandler((failure, words) -> explain(session, failure));
        final int exitCode = line.execute(args);
        session.flush();
        return exitCode;
    }

    /**
     * The commands that these arguments can mean: what picocli reads of a command it reads by
     * reflection, and a node that starts needs none but its own. Whoever asks for help, or names no
     * command that there is, meets them all.
     */
    private static CommandLine commands(final Session session, final List<String> arguments) {
        final Map<String, Supplier<Object>> all = contents(session);
        final boolean needsAll =
                ASKS_FOR_HELP.stream().anyMatch(arguments::contains)
                        || arguments.stream().anyMatch(argument -> argument.startsWith("@"))
                        || all.keySet().stream().noneMatch(arguments::contains);
        final CommandLine line = new CommandLine(new Nelumbo(session));
        all.forEach(
                (name, command) -> {
                    if (needsAll || arguments.contains(name)) {
                        line.addSubcommand(command.get());
                    }
                });
        return line;
    }

    /** The table of contents: a command is added here and nowhere else. */
    private static Map<String, Supplier<Object>> contents(final Session session) {
        final Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("help", HelpCommand::new);
        commands.put("init", () -> new InitCommand(session));
        commands.put(DAEMON, () -> new DaemonCommand(session));
        commands.put("devchain", () -> new DevchainCommand(session));
        commands.put("selftest", () -> new SelfTestCommand(session));
        commands.put("devnet", () -> new DevnetCommand(session));
        commands.put("bench", () -> new BenchCommand(session));
        commands.put("config", () -> ConfigCommands.group(session));
        commands.put("net", () -> NetCommands.group(session));
        commands.put("auth", () -> AuthCommands.group(session));
        commands.put("wallet", () -> WalletCommands.group(session));
        commands.put("send", () -> new SendCommand(session));
        commands.put("mpool", () -> MpoolCommands.group(session));
        commands.put("cluster", () -> ClusterCommands.group(session));
        commands.put("journal", () -> JournalCommands.group(session));
        return commands;
    }

    /** Without a command there is nothing to do. */
    @Override
    public Integer call() {
        session.failure("expected a command (see `nelumbo --help`)", ExitCodes.USAGE);
        return ExitCodes.USAGE;
    }

    private static int explain(final Session session, final ParameterException misused) {
        final String command = misused.getCommandLine().getCommandSpec().qualifiedName();
        session.failure(misused.getMessage() + " (see `" + command + " --help`)", ExitCodes.USAGE);
        return ExitCodes.USAGE;
    }

    private static int explain(final Session session, final Exception failure) throws Exception {
        if (failure instanceof CommandFailure known) {
            session.failure(known.reason(), known.exitCode());
            return known.exitCode();
        }
        if (failure instanceof IOException broken) {
            final String what = broken.getClass().getSimpleName() + ": " + broken.getMessage();
            session.failure(what, ExitCodes.UNUSABLE_FOLDER);
            return ExitCodes.UNUSABLE_FOLDER;
        }
        throw failure;
    }

    /** Chronicle would phone home and print a banner; its switches are system properties. */
    private static void quietLibraries() {
        System.setProperty("chronicle.analytics.disable", "true");
        System.setProperty("chronicle.announcer.disable", "true");
    }

    /** Says which Nelumbo this is. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"nelumbo " + BuildVersion.text(), "Java " + Runtime.version()};
        }
    }
}
