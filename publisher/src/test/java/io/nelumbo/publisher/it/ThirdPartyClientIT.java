package io.nelumbo.publisher.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.Network;
import io.nelumbo.publisher.devchain.DevChainOptions;
import io.nelumbo.publisher.devchain.DevChainServer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Clients that others wrote for Lotus take a node for one, and check our bytes with their own code.
 */
final class ThirdPartyClientIT {
    private static final String ISO_FILECOIN = "iso-filecoin@7.4.7";
    private static final String VIEM = "viem@2.57.20";
    private static final long TIPSET_MS = 100;

    @RegisterExtension static final Workplace WORKPLACE = new Workplace();

    private static DevChainServer chain;
    private static SingleNode node;
    private static String account;

    @BeforeAll
    static void startANode() throws Exception {
        chain = WORKPLACE.add(DevChainServer.start(DevChainOptions.every(TIPSET_MS), 0));
        node = WORKPLACE.add(SingleNode.make(WORKPLACE.folder("node"), chain.url()));
        account = FilecoinAddress.parse(node.newAccount()).text(Network.TESTNET);
        node.start();
    }

    @Test
    void shouldServeIsoFilecoinAsLotusDoes() throws Exception {
        final NpmPackage client = NpmPackage.install(WORKPLACE.folder("iso"), ISO_FILECOIN);

        final JsonNode seen = seen(client, "/third-party/iso-filecoin.mjs", account);

        assertThat(seen.path("version").path("APIVersion").asInt()).isEqualTo(131_840);
        assertThat(seen.path("network").asText()).isNotEmpty();
        assertThat(seen.path("head").asLong()).isPositive();
        assertThat(seen.path("balance").asText()).matches("[1-9][0-9]*");
        assertThat(seen.path("unsigned").path("nonce").asLong()).isZero();
        assertThat(seen.path("unsigned").path("signer").asText()).isEqualTo(account);
        for (final String type : List.of("secp256k1", "bls")) {
            final JsonNode pushed = seen.path(type);
            assertPushedOnce(pushed, pushed.path("cid"));
            assertThat(pushed.path("exitCode").asInt(-1)).isZero();
            assertThat(pushed.path("nextNonce").asLong()).isEqualTo(1);
            assertThat(landed(pushed.path("from").asText()))
                    .isEqualTo(Map.of(0L, pushed.path("cid").asText()));
        }
    }

    @Test
    void shouldServeViemAsLotusDoes() throws Exception {
        final NpmPackage client = NpmPackage.install(WORKPLACE.folder("viem"), VIEM);

        final JsonNode seen =
                seen(
                        client,
                        "/third-party/viem.mjs",
                        Long.toString(Network.TESTNET.ethereumChainId()));

        assertThat(seen.path("hash")).isEqualTo(seen.path("expected"));
        assertPushedOnce(seen, seen.path("hash"));
        final byte[] sender = HexFormat.of().parseHex(seen.path("address").asText().substring(2));
        final String from =
                FilecoinAddress.ofDelegated(FilecoinAddress.ETHEREUM_NAMESPACE, sender)
                        .text(Network.TESTNET);
        Await.until("the transaction on the chain", () -> landed(from).size() == 1);
    }

    private static JsonNode seen(
            final NpmPackage client, final String script, final String argument) throws Exception {
        final NpmPackage.Said said =
                client.run(script, node.api().url("/rpc/v1").toString(), node.token(), argument);
        assertThat(said.exitCode()).as("%s", said).isZero();
        return new ObjectMapper().readTree(said.out());
    }

    /** I1, I2 and I4 for messages that somebody else signed. */
    private static void assertPushedOnce(final JsonNode pushed, final JsonNode name) {
        assertThat(pushed.path("again")).isEqualTo(name);
        assertThat(pushed.path("ahead").asText()).contains("too big a gap from expected nonce");
        assertThat(pushed.path("other").asText()).contains("belongs to another message");
        assertThat(chain.chain().report().rewritten()).isEmpty();
    }

    private static Map<Long, String> landed(final String from) {
        return chain.chain().report().landed().getOrDefault(from, Map.of());
    }
}
