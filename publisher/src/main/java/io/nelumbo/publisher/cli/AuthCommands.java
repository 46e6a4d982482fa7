package io.nelumbo.publisher.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nelumbo.config.ApiInfo;
import io.nelumbo.publisher.api.Permission;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nelumbo auth}: made from the secret in the node's folder, whether it runs or not. */
final class AuthCommands {
    private AuthCommands() {}

    static CommandLine group(final Session session) {
        return Group.of(
                "auth",
                "Tokens for clients of this node.",
                new ApiInfoOf(session),
                new CreateToken(session),
                new AuthRotateCommand(session));
    }

    /** Like Lotus: a permission here stands for itself and all that are weaker. */
    private static List<Permission> upTo(final Permission strongest) {
        return Stream.of(Permission.values())
                .filter(permission -> permission.compareTo(strongest) <= 0)
                .toList();
    }

    private static void addPermissions(final ObjectNode json, final Permission strongest) {
        final ArrayNode permissions = json.putArray("permissions");
        upTo(strongest).forEach(permission -> permissions.add(permission.text()));
    }

    /** {@code nelumbo auth api-info}. */
    @Command(
            name = "api-info",
            mixinStandardHelpOptions = true,
            description = "Prints the variable that a client finds this node by, with a token.",
            footerHeading = "%nExample:%n",
            footer = "  export $(nelumbo auth api-info --perm sign)")
    static final class ApiInfoOf implements Callable<Integer> {
        private final Session session;

        @Option(
                names = "--perm",
                paramLabel = "<permission>",
                defaultValue = "admin",
                description = {
                    "What the token allows: read, write, sign or admin, each with the weaker ones."
                            + " Default: admin."
                })
        private Permission permission = Permission.ADMIN;

        ApiInfoOf(final Session session) {
            this.session = session;
        }

        @Override
        public Integer call() throws IOException {
            final String token = session.nodeFolder().tokens().create(upTo(permission));
            final String text =
                    new ApiInfo(token, ApiAddress.of(session.folder(), session.config())).text();
            final ObjectNode json = Session.object().put("FULLNODE_API_INFO", text);
            addPermissions(json, permission);
            session.answer("FULLNODE_API_INFO=" + text, json);
            return ExitCodes.OK;
        }
    }

    /** {@code nelumbo auth create-token}. */
    @Command(
            name = "create-token",
            mixinStandardHelpOptions = true,
            description =
                    "Prints a new token; whoever has it may do what it allows, until `auth rotate`.",
            footerHeading = "%nExample:%n",
            footer = "  nelumbo auth create-token --perm write")
    static final class CreateToken implements Callable<Integer> {
        private final Session session;

        @Option(
                names = "--perm",
                paramLabel = "<permission>",
                required = true,
                description = {
                    "What the token allows: read, write, sign or admin, each with the weaker ones."
                })
        private Permission permission = Permission.READ;

        CreateToken(final Session session) {
            this.session = session;
        }

        @Override
        public Integer call() throws IOException {
            final String token = session.nodeFolder().tokens().create(upTo(permission));
            final ObjectNode json = Session.object().put("token", token);
            addPermissions(json, permission);
            session.answer(token, json);
            return ExitCodes.OK;
        }
    }
}
