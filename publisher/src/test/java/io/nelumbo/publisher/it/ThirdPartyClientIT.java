package io.nelumbo.publisher.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.Network;
import io.nelumbo.publisher.devchain.DevChainOptions;
import io.nelumbo.publisher.devchain.DevChainServer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A client that others wrote for Lotus takes a node for one, and checks our bytes with its own. */
final class ThirdPartyClientIT {
    private static final String PACKAGE = "iso-filecoin@7.4.7";
    private static final long TIPSET_MS = 100;

    @RegisterExtension static final Workplace WORKPLACE = new Workplace();

    @Test
    void shouldServeIsoFilecoinAsLotusDoes() throws Exception {
        // given
        final NpmPackage client = NpmPackage.install(WORKPLACE.folder("npm"), PACKAGE);
        final DevChainServer chain =
                WORKPLACE.add(DevChainServer.start(DevChainOptions.every(TIPSET_MS), 0));
        final SingleNode node =
                WORKPLACE.add(SingleNode.make(WORKPLACE.folder("node"), chain.url()));
        final String account = FilecoinAddress.parse(node.newAccount()).text(Network.TESTNET);
        node.start();

        // when
        final NpmPackage.Said said =
                client.run(
                        "/third-party/iso-filecoin.mjs",
                        node.api().url("/rpc/v1").toString(),
                        node.token(),
                        account);

        // then
        assertThat(said.exitCode()).as("%s", said).isZero();
        final JsonNode seen = new ObjectMapper().readTree(said.out());
        assertThat(seen.path("version").path("APIVersion").asInt()).isEqualTo(131_840);
        assertThat(seen.path("network").asText()).isNotEmpty();
        assertThat(seen.path("head").asLong()).isPositive();
        assertThat(seen.path("balance").asText()).matches("[1-9][0-9]*");
        assertThat(seen.path("unsigned").path("nonce").asLong()).isZero();
        assertThat(seen.path("unsigned").path("signer").asText()).isEqualTo(account);
        for (final String type : new String[] {"secp256k1", "bls"}) {
            shouldHavePublished(chain, seen.path(type));
        }
        assertThat(chain.chain().report().rewritten()).isEmpty();
    }

    /** I1, I2 and I4 for messages that somebody else signed. */
    private static void shouldHavePublished(final DevChainServer chain, final JsonNode pushed) {
        assertThat(pushed.path("again")).isEqualTo(pushed.path("cid"));
        assertThat(pushed.path("exitCode").asInt(-1)).isZero();
        assertThat(pushed.path("nextNonce").asLong()).isEqualTo(1);
        assertThat(pushed.path("ahead").asText()).contains("gap");
        assertThat(pushed.path("other").asText()).contains("nonce");
        assertThat(chain.chain().report().landed().get(pushed.path("from").asText()))
                .isEqualTo(Map.of(0L, pushed.path("cid").asText()));
    }
}
