package io.nelumbo.publisher.cli;

import io.nelumbo.publisher.devchain.ChainFaults;
import io.nelumbo.publisher.devchain.DevChainOptions;
import io.nelumbo.publisher.devchain.DevChainServer;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nelumbo devchain}. */
@Command(
        name = "devchain",
        mixinStandardHelpOptions = true,
        description = {
            "Runs a development chain on loopback that speaks the Filecoin JSON-RPC, with Lotus's"
                    + " mempool rules and error texts. Every address is rich. Faults by these"
                    + " options, or while it runs by the methods Devchain.Faults"
                    + " [{drop,refuse,forget,delayMs,seed}] and Devchain.Reorg [depth];"
                    + " Devchain.Report [] tells what it received and holds."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  nelumbo devchain --port 1234",
            "  nelumbo devchain --port 1234 --drop 0.05 --forget 0.01 --seed 7"
        })
final class DevchainCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--port", paramLabel = "<n>", description = "Default: any free one.")
    private int port;

    @Option(
            names = "--tipset-ms",
            paramLabel = "<ms>",
            description = "Mines so often. Default: ${DEFAULT-VALUE}.")
    private long tipsetIntervalMs = 1_000;

    @Option(names = "--drop", paramLabel = "<p>", description = "No answer, taken or not.")
    private double drop;

    @Option(names = "--refuse", paramLabel = "<p>", description = "An error that says nothing.")
    private double refuse;

    @Option(names = "--forget", paramLabel = "<p>", description = "Answered, then forgotten.")
    private double forget;

    @Option(names = "--delay-ms", paramLabel = "<ms>", description = "Answers come later.")
    private long delayMs;

    @Option(names = "--seed", paramLabel = "<n>", description = "Of the faults. Default: 0.")
    private long seed;

    DevchainCommand(final Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        final ChainFaults faults;
        try {
            faults = new ChainFaults(drop, refuse, forget, delayMs, seed);
        } catch (final IllegalArgumentException e) {
            throw new CommandFailure(ExitCodes.USAGE, String.valueOf(e.getMessage()));
        }
        try (DevChainServer server =
                DevChainServer.start(DevChainOptions.every(tipsetIntervalMs), port)) {
            server.inflict(faults);
            session.answer("chain at " + server.url(), Session.object().put("url", server.url()));
            new CountDownLatch(1).await();
        }
        return ExitCodes.OK;
    }
}
