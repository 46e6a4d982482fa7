package io.nelumbo.publisher.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelumbo.config.ConfigError;
import io.nelumbo.config.ConfigOutcome;
import io.nelumbo.config.NodeConfig;
import io.nelumbo.publisher.node.ClusterReset;
import io.nelumbo.publisher.node.NodeFolder;
import io.nelumbo.publisher.node.NodeRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nelumbo cluster reset}. */
@Command(
        name = "reset",
        mixinStandardHelpOptions = true,
        description = {
            "Moves the Raft data of a node that does not run into a backup beside them"
                    + " (raft.bak.0 is the newest), and keeps as many as [Cluster] BackupsRotate"
                    + " says. A member of a cluster does not start without its data; --undo puts"
                    + " them back."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  nelumbo cluster reset                  says what it would do",
            "  nelumbo cluster reset --really-do-it",
            "  nelumbo cluster reset --undo"
        })
final class ClusterResetCommand implements Callable<Integer> {
    private static final String MEMBER =
            "This node is a member of its cluster as before, but without its votes and its log it"
                    + " does not start: a member that forgot its votes must not vote again. The"
                    + " journal stays where it is. The other members go on as long as they are a"
                    + " majority without this one.";
    private static final List<String> MEMBER_NEXT =
            List.of(
                    "`nelumbo cluster reset --undo` puts the data back, and `nelumbo daemon` goes on"
                            + " where the node was",
                    "there is no other way back into this cluster yet: to replace a member, others"
                            + " must be able to remove it and add one with a new identity, and such"
                            + " commands come later");
    private static final String ALONE =
            "This node begins anew: it has no accounts, no request ids and no messages. What it"
                    + " pushed may still land; what it had not pushed yet is pushed by nobody; a"
                    + " request id that comes again makes a second message.";
    private static final List<String> ALONE_NEXT =
            List.of(
                    "wait until what it pushed has landed, or is gone from the chain nodes",
                    "`nelumbo daemon` founds it anew: each account opens with its first message, at"
                            + " the nonce that the upstreams report",
                    "or `nelumbo cluster reset --undo` puts everything back");

    private final Session session;

    @Option(names = "--really-do-it", description = "Do it, instead of saying what it would do.")
    private boolean really;

    @Option(names = "--undo", description = "Put back what the last reset moved aside.")
    private boolean undo;

    ClusterResetCommand(final Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        final NodeFolder folder = session.nodeFolder();
        final NodeConfig config = config(folder);
        try {
            if (undo) {
                return undo(folder, config);
            }
            if (!really) {
                return refuse(folder, config);
            }
            return reset(folder, config);
        } catch (final NodeRefused e) {
            throw new CommandFailure(ExitCodes.UNUSABLE_FOLDER, e.reason());
        }
    }

    private NodeConfig config(final NodeFolder folder) throws IOException {
        final NodeConfig config = session.config();
        final ConfigOutcome outcome = folder.config(session.environment());
        final List<ConfigError> errors =
                ((ConfigOutcome.Loaded) outcome).membershipErrors(folder.identity().peerId());
        if (!errors.isEmpty()) {
            throw new CommandFailure(
                    ExitCodes.UNUSABLE_FOLDER, new ConfigOutcome.Refused(errors).text());
        }
        return config;
    }

    private int refuse(final NodeFolder folder, final NodeConfig config) throws IOException {
        final boolean anew = ClusterReset.wouldBeginAnew(folder, config);
        throw new CommandFailure(
                ExitCodes.USAGE,
                "nothing was done. This would move "
                        + config.cluster().dataFolder()
                        + (anew ? " and " + config.journal().folder() : "")
                        + " aside. Afterwards: "
                        + (anew ? ALONE : MEMBER)
                        + " To do it, say --really-do-it");
    }

    private int reset(final NodeFolder folder, final NodeConfig config) throws IOException {
        final ClusterReset.Done done = ClusterReset.reset(folder, config);
        final String state = done.mayBeginAnew() ? ALONE : MEMBER;
        final List<String> next = done.mayBeginAnew() ? ALONE_NEXT : MEMBER_NEXT;
        final StringBuilder text = new StringBuilder();
        done.backups().forEach(path -> text.append("Moved to ").append(path).append('\n'));
        done.deleted()
                .forEach(
                        path ->
                                text.append("Deleted, because BackupsRotate keeps ")
                                        .append(config.cluster().backupsRotate())
                                        .append(": ")
                                        .append(path)
                                        .append('\n'));
        text.append(state).append("\nNext:");
        next.forEach(step -> text.append("\n  ").append(step));
        final ObjectNode json =
                Session.object().put("mayBeginAnew", done.mayBeginAnew()).put("state", state);
        list(json.putArray("backups"), done.backups());
        list(json.putArray("deleted"), done.deleted());
        next.forEach(json.putArray("next")::add);
        session.answer(text.toString(), json);
        return ExitCodes.OK;
    }

    private int undo(final NodeFolder folder, final NodeConfig config) throws IOException {
        ClusterReset.undo(folder, config);
        session.answer(
                "The Raft data are back in "
                        + config.cluster().dataFolder()
                        + ". Next: `nelumbo daemon`",
                Session.object().put("restored", config.cluster().dataFolder().toString()));
        return ExitCodes.OK;
    }

    private static void list(final ArrayNode json, final List<Path> paths) {
        paths.forEach(path -> json.add(path.toString()));
    }
}
