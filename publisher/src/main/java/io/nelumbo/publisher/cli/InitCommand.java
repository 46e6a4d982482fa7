package io.nelumbo.publisher.cli;

import io.nelumbo.config.ConfigLoader;
import io.nelumbo.config.ConfigOutcome;
import io.nelumbo.config.DefaultConfig;
import io.nelumbo.publisher.node.NodeFolder;
import io.nelumbo.publisher.node.NodeInit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nelumbo init}. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a node: its folder with a commented config.toml, an identity (peer id), the"
                    + " secret for API tokens, an admin token and a keystore, which is empty unless"
                    + " the node takes over from a Lotus full node."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  nelumbo init",
            "  nelumbo --folder /srv/node-0 init --config config/samples/node-0.toml",
            "  nelumbo init --from-lotus ~/.lotus",
            "  NELUMBO_WALLET_PASSPHRASESOURCE=prompt nelumbo init --from-lotus ~/.lotus"
        })
final class InitCommand implements Callable<Integer> {
    private final Session session;

    @Option(
            names = "--config",
            paramLabel = "<file>",
            description = "What config.toml will say. Default: every key, commented out.")
    private @Nullable Path configFile;

    @Option(
            names = "--from-lotus",
            paramLabel = "<repo>",
            description = {
                "Takes over from the Lotus full node of this repo (1.19 to 1.26): its keys, the"
                        + " identity of its host, the secret of its API tokens, and of its config"
                        + " [API], [Libp2p], [Cluster] and [Fees], unless --config is given. Nothing"
                        + " is written into the repo."
            })
    private @Nullable Path lotusRepo;

    @Option(
            names = "--skip-bad-files",
            description =
                    "With --from-lotus: leave out what is damaged, instead of making no node.")
    private boolean skipBadFiles;

    InitCommand(final Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        final NodeFolder folder = session.folder();
        if (lotusRepo != null) {
            return new LotusTakeover(session, folder, skipBadFiles)
                    .run(lotusRepo, configFile == null ? null : configText());
        }
        if (skipBadFiles) {
            throw new CommandFailure(
                    ExitCodes.USAGE, "--skip-bad-files has a meaning with --from-lotus only");
        }
        final String peerId = made(NodeInit.init(folder, configText())).peerId().toString();
        session.answer(
                """
                Made a node in %s
                peer id: %s
                Next: look over %s, then `nelumbo config check` and `nelumbo daemon`."""
                        .formatted(folder.root(), peerId, folder.configFile()),
                Session.object()
                        .put("folder", folder.root().toString())
                        .put("peerId", peerId)
                        .put("config", folder.configFile().toString()));
        return ExitCodes.OK;
    }

    static NodeInit.Created made(final NodeInit.Outcome outcome) {
        if (outcome instanceof NodeInit.Refused refused) {
            throw new CommandFailure(ExitCodes.UNUSABLE_FOLDER, refused.reason());
        }
        return (NodeInit.Created) outcome;
    }

    private String configText() throws IOException {
        final Path file = configFile;
        if (file == null) {
            return DefaultConfig.text();
        }
        if (ConfigLoader.load(file, Map.of()) instanceof ConfigOutcome.Refused refused) {
            throw new CommandFailure(ExitCodes.UNUSABLE_FOLDER, refused.text());
        }
        return Files.readString(file);
    }
}
