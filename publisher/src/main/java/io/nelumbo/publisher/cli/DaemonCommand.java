package io.nelumbo.publisher.cli;

import io.nelumbo.config.ConfigError;
import io.nelumbo.config.ConfigOutcome;
import io.nelumbo.config.NodeConfig;
import io.nelumbo.publisher.node.Node;
import io.nelumbo.publisher.node.NodeFolder;
import io.nelumbo.publisher.node.NodeRefused;
import io.nelumbo.publisher.wallet.Passphrase;
import io.nelumbo.statemachine.raft.ProcessHalt;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nelumbo daemon}. */
@Command(
        name = "daemon",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the node of a folder until it is told to stop (Ctrl-C, SIGTERM). State changes"
                    + " are logged to standard error; NELUMBO_LOG_LEVEL=DEBUG in the environment"
                    + " logs more."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  nelumbo daemon", "  nelumbo --folder /srv/node-0 daemon"})
final class DaemonCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(DaemonCommand.class);

    private final Session session;

    @Option(
            names = "--until-input-ends",
            hidden = true,
            description = "Also stops at the end of standard input: when the parent is gone.")
    private boolean untilInputEnds;

    DaemonCommand(final Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        final NodeFolder folder = session.nodeFolder();
        final ConfigOutcome.Loaded loaded = loaded(folder);
        DaemonLog.begin(session.environment());
        final Node node = started(folder, loaded);
        session.answer(
                "node " + session.identity().peerId() + " serves " + node.apiAddress(),
                Session.object()
                        .put("peerId", session.identity().peerId().toString())
                        .put("api", node.apiAddress().toString()));
        awaitStop();
        return ExitCodes.OK;
    }

    private ConfigOutcome.Loaded loaded(final NodeFolder folder) throws IOException {
        final ConfigOutcome outcome = folder.config(session.environment());
        if (outcome instanceof ConfigOutcome.Refused refused) {
            throw new CommandFailure(ExitCodes.UNUSABLE_FOLDER, refused.text());
        }
        final ConfigOutcome.Loaded loaded = (ConfigOutcome.Loaded) outcome;
        final List<ConfigError> errors = loaded.membershipErrors(session.identity().peerId());
        if (!errors.isEmpty()) {
            throw new CommandFailure(
                    ExitCodes.UNUSABLE_FOLDER, new ConfigOutcome.Refused(errors).text());
        }
        return loaded;
    }

    private Node started(final NodeFolder folder, final ConfigOutcome.Loaded loaded)
            throws IOException {
        try (Passphrase passphrase = session.passphrases().find(loaded.config().wallet())) {
            return started(folder, loaded.config(), passphrase);
        } catch (final NodeRefused e) {
            throw new CommandFailure(ExitCodes.UNUSABLE_FOLDER, e.reason());
        }
    }

    /** Whoever interrupts the prompt for a passphrase waits for no node: there is none yet. */
    private static Node started(
            final NodeFolder folder, final NodeConfig config, final @Nullable Passphrase passphrase)
            throws IOException {
        final OrderlyStop stop = OrderlyStop.atExit();
        try {
            final Node node = Node.start(folder, config, passphrase, new ProcessHalt());
            stop.started(node::close);
            return node;
        } finally {
            stop.over();
        }
    }

    private void awaitStop() throws InterruptedException {
        if (untilInputEnds) {
            awaitEndOfInput();
        }
        new CountDownLatch(1).await();
    }

    /** What comes in means nothing; its end is that of who started this process. */
    private void awaitEndOfInput() {
        try {
            final long unused = session.in().transferTo(OutputStream.nullOutputStream());
            LOG.info("standard input has ended: the node stops");
        } catch (final IOException e) {
            LOG.warn("standard input cannot be read: the node stops", e);
        }
        System.exit(ExitCodes.OK);
    }
}
