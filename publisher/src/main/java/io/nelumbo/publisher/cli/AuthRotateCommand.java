package io.nelumbo.publisher.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelumbo.publisher.node.TokenRotation;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nelumbo auth rotate}. */
@Command(
        name = "rotate",
        mixinStandardHelpOptions = true,
        description = {
            "Revokes every token of this node, by a new secret to make them with. One token alone"
                    + " cannot be revoked. Other nodes keep theirs: rotate each that the token"
                    + " was for."
        },
        footerHeading = "%nExample:%n",
        footer = "  nelumbo auth rotate --really-do-it")
final class AuthRotateCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--really-do-it", description = "Do it, instead of saying what it would do.")
    private boolean really;

    AuthRotateCommand(final Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        if (!really) {
            throw new CommandFailure(
                    ExitCodes.USAGE,
                    "nothing was done. This would revoke every token of this node, also those that"
                            + " clients use now. To do it, say --really-do-it");
        }
        final boolean running = TokenRotation.rotate(session.nodeFolder());
        final String next =
                running
                        ? "The node runs, and takes the old tokens until it is started again: do"
                                + " that now."
                        : "The node does not run; when it starts, it refuses the old tokens.";
        final ObjectNode json =
                Session.object()
                        .put("rotated", true)
                        .put("restartNeeded", running)
                        .put("next", next);
        session.answer(
                "A new secret was made. "
                        + next
                        + " `nelumbo auth api-info` prints a new line for clients.",
                json);
        return ExitCodes.OK;
    }
}
