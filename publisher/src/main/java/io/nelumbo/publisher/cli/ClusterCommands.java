package io.nelumbo.publisher.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code nelumbo cluster}: asks a running node, or works on one that does not run. */
final class ClusterCommands {
    private ClusterCommands() {}

    static CommandLine group(final Session session) {
        return Group.of(
                "cluster",
                "What the cluster agrees on, and this node's part in it.",
                new Leader(session),
                new State(session),
                new ClusterResetCommand(session));
    }

    /** {@code nelumbo cluster leader}. */
    @Command(
            name = "leader",
            mixinStandardHelpOptions = true,
            description = "Prints the peer id of the leader, as any node knows it.",
            footerHeading = "%nExample:%n",
            footer = "  FULLNODE_API_INFO=$NODE0,$NODE1,$NODE2 nelumbo cluster leader")
    static final class Leader implements Callable<Integer> {
        private final Session session;

        Leader(final Session session) {
            this.session = session;
        }

        @Override
        public Integer call() throws IOException {
            final String leader = NodeClient.of(session).call("RaftLeader").asText();
            if (leader.isEmpty()) {
                throw new CommandFailure(ExitCodes.BAD_ANSWER, "the node knows of no leader");
            }
            session.answer(leader, Session.object().put("leader", leader));
            return ExitCodes.OK;
        }
    }

    /** {@code nelumbo cluster state}. */
    @Command(
            name = "state",
            mixinStandardHelpOptions = true,
            description = {
                "Prints the replicated state as Lotus shows it: the last used nonce of each"
                        + " account, and (with --json) the message of each request id."
            })
    static final class State implements Callable<Integer> {
        private final Session session;

        State(final Session session) {
            this.session = session;
        }

        @Override
        public Integer call() throws IOException {
            final JsonNode state = NodeClient.of(session).call("RaftState");
            final List<String> lines = new ArrayList<>();
            for (final Map.Entry<String, JsonNode> account : state.path("NonceMap").properties()) {
                lines.add(account.getKey() + " " + account.getValue().asText());
            }
            lines.add(state.path("MsgUuids").size() + " request ids");
            session.answer(String.join("\n", lines), state);
            return ExitCodes.OK;
        }
    }
}
