package io.nelumbo.publisher.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.nelumbo.publisher.devchain.DevChainOptions;
import io.nelumbo.publisher.devchain.DevChainServer;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The life of a node without peers, by the commands that an operator types. */
final class SingleNodeIT {
    private static final long TIPSET_MS = 100;

    @RegisterExtension static final Workplace WORKPLACE = new Workplace();

    /** I4 and I5 across a restart; I7: the journal folds to what the node answered. */
    @Test
    void shouldAnswerTheSameAfterARestart() throws Exception {
        final DevChainServer chain =
                WORKPLACE.add(DevChainServer.start(DevChainOptions.every(TIPSET_MS), 0));
        final SingleNode node =
                WORKPLACE.add(SingleNode.make(WORKPLACE.folder("node"), chain.url()));
        final String account = node.newAccount();
        final String[] send = send(account, UUID.randomUUID());
        node.start();

        final JsonNode sent = node.answered(send);
        Await.until("the confirmation", node::isConfirmed);
        final JsonNode state = node.call("RaftState");
        node.stop();
        final Program.Ran silent = node.run(send);
        final JsonNode verified = node.answered("journal", "verify");
        final JsonNode replayed = node.answered("journal", "replay");
        final Program.Ran shown = node.run("journal", "show");
        node.start();

        assertThat(sent.path("nonce").asLong()).isZero();
        assertThat(landed(chain)).containsValue(Map.of(0L, sent.path("cid").asText()));
        assertThat(state.path("NonceMap")).hasSize(1);
        assertThat(state.path("MsgUuids").path(sent.path("requestId").asText()))
                .isEqualTo(sent.path("signedMessage"));
        assertThat(silent.exitCode()).as("%s", silent).isEqualTo(3);
        assertThat(verified.path("intact").asBoolean()).isTrue();
        assertThat(replayed.path("accounts").path(0).path("confirmedNonce").asText())
                .isEqualTo("1");
        assertThat(shown.out())
                .contains("EpochOpened", "AccountOpened", "MessageSequenced", "NonceConfirmed");
        assertThat(node.call("RaftState")).isEqualTo(state);
        assertThat(node.answered(send)).isEqualTo(sent);
        assertThat(node.answered("mpool", "nonce", account).path("nonce").asText()).isEqualTo("1");
        assertThat(chain.chain().report().rewritten()).isEmpty();
    }

    private static String[] send(final String account, final UUID requestId) {
        return new String[] {
            "send",
            "--from",
            account,
            "--to",
            account,
            "--value",
            "7attoFIL",
            "--request-id",
            requestId.toString()
        };
    }

    private static Map<String, Map<Long, String>> landed(final DevChainServer chain) {
        return chain.chain().report().landed();
    }
}
