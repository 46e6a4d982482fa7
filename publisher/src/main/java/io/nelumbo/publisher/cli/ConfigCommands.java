package io.nelumbo.publisher.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelumbo.config.ConfigError;
import io.nelumbo.config.ConfigLoader;
import io.nelumbo.config.ConfigOutcome;
import io.nelumbo.config.ConfigOutcome.Loaded;
import io.nelumbo.config.ConfigOutcome.Refused;
import io.nelumbo.config.DefaultConfig;
import io.nelumbo.publisher.node.NodeFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code nelumbo config}. */
final class ConfigCommands {
    private ConfigCommands() {}

    static CommandLine group(final Session session) {
        return Group.of(
                "config",
                "Prints and checks configurations.",
                new Default(session),
                new Check(session));
    }

    /** {@code nelumbo config default}. */
    @Command(
            name = "default",
            mixinStandardHelpOptions = true,
            description =
                    "Prints every key, commented out, with what it does, its type, its environment"
                            + " variable and its default.",
            footerHeading = "%nExample:%n",
            footer = "  nelumbo config default > config.toml")
    static final class Default implements Callable<Integer> {
        private final Session session;

        Default(final Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            session.answer(
                    DefaultConfig.text().stripTrailing(),
                    Session.object().put("toml", DefaultConfig.text()));
            return ExitCodes.OK;
        }
    }

    /** {@code nelumbo config check}. */
    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = {
                "Reads a configuration as a node would, environment included, and reports all"
                        + " mistakes at once, each with file, line, key and what would be right."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  nelumbo config check                 that of the node in ~/.nelumbo",
                "  nelumbo config check my.toml --json  any file, for a script"
            })
    static final class Check implements Callable<Integer> {
        private final Session session;

        @Parameters(
                arity = "0..1",
                paramLabel = "FILE",
                description = "The file. Default: config.toml in the node's folder.")
        private @Nullable Path file;

        Check(final Session session) {
            this.session = session;
        }

        @Override
        public Integer call() throws IOException {
            final Path checked = file == null ? session.folder().configFile() : file;
            final ConfigOutcome outcome = ConfigLoader.load(checked, session.environment());
            final List<ConfigError> errors = errors(outcome);
            final ObjectNode json =
                    Session.object().put("file", checked.toString()).put("ok", errors.isEmpty());
            final ArrayNode list = json.putArray("errors");
            errors.forEach(error -> list.add(json(error)));
            final String mistakes =
                    String.join("\n", errors.stream().map(ConfigError::text).toList());
            session.answer(
                    errors.isEmpty()
                            ? checked + ": no mistake found"
                            : mistakes + "\n" + errors.size() + " found",
                    json);
            return errors.isEmpty() ? ExitCodes.OK : ExitCodes.BAD_ANSWER;
        }

        private List<ConfigError> errors(final ConfigOutcome outcome) throws IOException {
            if (outcome instanceof Refused refused) {
                return refused.errors();
            }
            final NodeFolder folder = session.folder();
            final boolean ofThisNode = file == null || session.namesFolder();
            return ofThisNode && Files.exists(folder.identityFile())
                    ? ((Loaded) outcome).membershipErrors(folder.identity().peerId())
                    : List.of();
        }

        private static ObjectNode json(final ConfigError error) {
            return Session.object()
                    .put("source", error.source())
                    .put("line", error.line())
                    .put("column", error.column())
                    .put("key", error.key())
                    .put("wrong", error.wrong())
                    .put("right", error.right());
        }
    }
}
