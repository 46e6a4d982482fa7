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
                    + " secret for API tokens, an admin token and an empty keystore."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  nelumbo init",
            "  nelumbo --folder /srv/node-0 init --config config/samples/node-0.toml"
        })
final class InitCommand implements Callable<Integer> {
    private final Session session;

    @Option(
            names = "--config",
            paramLabel = "<file>",
            description = "What config.toml will say. Default: every key, commented out.")
    private @Nullable Path configFile;

    InitCommand(final Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        final NodeFolder folder = session.folder();
        final NodeInit.Outcome outcome = NodeInit.init(folder, configText());
        if (outcome instanceof NodeInit.Refused refused) {
            throw new CommandFailure(ExitCodes.UNUSABLE_FOLDER, refused.reason());
        }
        final String peerId = ((NodeInit.Created) outcome).peerId().toString();
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
