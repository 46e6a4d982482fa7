package io.nelumbo.publisher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelumbo.config.ConfigOutcome;
import io.nelumbo.config.NodeConfig;
import io.nelumbo.publisher.node.NodeFolder;
import io.nelumbo.publisher.node.PassphraseDesk;
import io.nelumbo.statemachine.identity.PeerIdentity;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * What every command shares: the options that stand before or after any command, the environment,
 * and the way to answer. Owned by the thread that runs the command.
 */
final class Session {
    private final Map<String, String> environment;
    private final InputStream in;
    private final PrintWriter out;
    private final PrintWriter err;

    @Option(
            names = "--folder",
            paramLabel = "<folder>",
            scope = ScopeType.INHERIT,
            description = "The node's folder. Default: $NELUMBO_PATH, or ~/.nelumbo.")
    private @Nullable Path folderOption;

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Answer with one JSON value on standard output.")
    private boolean json;

    private @Nullable PeerIdentity identity;

    Session(
            final Map<String, String> environment,
            final InputStream in,
            final PrintWriter out,
            final PrintWriter err) {
        this.environment = environment;
        this.in = in;
        this.out = out;
        this.err = err;
    }

    Map<String, String> environment() {
        return environment;
    }

    /** Standard input. */
    InputStream in() {
        return in;
    }

    /** Where the keystore's passphrase is found. */
    PassphraseDesk passphrases() {
        return new PassphraseDesk(environment, Session::askUnseen);
    }

    boolean json() {
        return json;
    }

    /** Whether the user named a folder on this very command line. */
    boolean namesFolder() {
        return folderOption != null;
    }

    NodeFolder folder() {
        return NodeFolder.resolve(folderOption, environment);
    }

    /** The folder, which must hold a node. */
    NodeFolder nodeFolder() {
        final NodeFolder folder = folder();
        if (!folder.missingFiles().isEmpty()) {
            throw new CommandFailure(
                    ExitCodes.UNUSABLE_FOLDER,
                    "expected a node in "
                            + folder.root()
                            + " but "
                            + folder.missingFiles().get(0).getFileName()
                            + " is missing: name its folder with --folder, or make a node with"
                            + " `nelumbo init`");
        }
        return folder;
    }

    /** The configuration in the node's folder. */
    NodeConfig config() {
        final ConfigOutcome outcome = nodeFolder().config(environment);
        if (outcome instanceof ConfigOutcome.Refused refused) {
            throw new CommandFailure(ExitCodes.UNUSABLE_FOLDER, refused.text());
        }
        return ((ConfigOutcome.Loaded) outcome).config();
    }

    /** The identity in the node's folder; read once, because its key pair is tried each time. */
    PeerIdentity identity() throws IOException {
        if (identity == null) {
            identity = nodeFolder().identity();
        }
        return identity;
    }

    /** Answers: as text for a human, as JSON when asked for. */
    void answer(final String text, final JsonNode jsonForm) {
        out.println(json ? jsonForm.toString() : text);
        out.flush();
    }

    /** Answers with one line of several; the same as {@link #answer}, for streams of them. */
    void line(final String text, final JsonNode jsonForm) {
        out.println(json ? jsonForm.toString() : text);
    }

    /** Whether nobody reads the answer any more ({@code … | head}). */
    boolean readerLeft() {
        return out.checkError();
    }

    /** Says something that is not the answer: a note, a warning. */
    void note(final String text) {
        err.println(text);
        err.flush();
    }

    /** Says why there is no answer. */
    void failure(final String message, final int exitCode) {
        if (json) {
            err.println(object().put("error", message).put("exitCode", exitCode));
        } else {
            err.println("nelumbo: " + message);
        }
        err.flush();
    }

    /** Sends the command line's own help to the same places. */
    void direct(final CommandLine line) {
        line.setOut(out).setErr(err);
    }

    void flush() {
        out.flush();
        err.flush();
    }

    // Later versions may give a console without a terminal; the launcher asks for the JDK's own,
    // which is null then.
    @SuppressWarnings("SystemConsoleNull")
    private static char @Nullable [] askUnseen(final String question) {
        final Console console = System.console();
        return console == null ? null : console.readPassword("%s", question);
    }

    /** A new JSON object, to fill. */
    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
