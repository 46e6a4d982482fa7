package io.nelumbo.publisher.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.Network;
import io.nelumbo.publisher.devchain.DevChainOptions;
import io.nelumbo.publisher.devchain.DevChainServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every type of account publishes, from a keystore that is encrypted; a locked one does not. */
final class AccountTypesIT {
    private static final long TIPSET_MS = 100;

    @RegisterExtension static final Workplace WORKPLACE = new Workplace();

    @Test
    void shouldPublishFromEveryTypeOfAccountUnlessTheKeystoreIsLocked() throws Exception {
        final DevChainServer chain =
                WORKPLACE.add(DevChainServer.start(DevChainOptions.every(TIPSET_MS), 0));
        final SingleNode node =
                WORKPLACE.add(SingleNode.make(WORKPLACE.folder("node"), chain.url()));
        final List<String> accounts = new ArrayList<>();
        for (final String type : List.of("secp256k1", "bls", "delegated")) {
            accounts.add(node.answered("wallet", "new", type).path("address").asText());
        }
        final Path passphrase = givePassphrase(node);
        assertThat(node.answered("wallet", "encrypt").path("encrypted").asInt()).isEqualTo(3);

        // when: all of them send, with the passphrase and then without
        node.start();
        for (final String account : accounts) {
            final JsonNode sent = node.answered(send(account));
            Await.until("the confirmation", node::isConfirmed);
            assertThat(chain.chain().report().landed().get(onTestnet(account)))
                    .isEqualTo(Map.of(0L, sent.path("cid").asText()));
        }
        final JsonNode state = node.call("RaftState");
        node.stop();
        Files.delete(passphrase);
        node.start();

        // then: the locked node answers questions, and its refusal names the way out
        assertThat(node.call("RaftState")).isEqualTo(state);
        assertThat(node.call("WalletList")).hasSize(3);
        for (final String account : accounts) {
            final Program.Ran refused = node.run(send(account));
            assertThat(refused.exitCode()).as("%s", refused).isEqualTo(1);
            assertThat(refused.err()).contains("is locked", "PassphraseSource", onTestnet(account));
        }
        assertThat(node.call("RaftState")).isEqualTo(state);
    }

    private static Path givePassphrase(final SingleNode node) throws Exception {
        Files.writeString(
                node.root().resolve("config.toml"),
                "\n[Wallet]\nPassphraseSource = \"file\"\n",
                StandardOpenOption.APPEND);
        final Path passphrase = node.root().resolve("passphrase");
        Files.writeString(passphrase, "correct horse battery staple\n");
        Files.setPosixFilePermissions(passphrase, PosixFilePermissions.fromString("rw-------"));
        return passphrase;
    }

    private static String[] send(final String account) {
        return new String[] {
            "send", "--from", account, "--to", account, "--value", "7attoFIL",
        };
    }

    private static String onTestnet(final String account) {
        return FilecoinAddress.parse(account).text(Network.TESTNET);
    }
}
