package io.nelumbo.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.config.ConfigOutcome.Loaded;
import io.nelumbo.config.ConfigOutcome.Refused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PeersetTest {
    private static final String A =
            "/ip4/127.0.0.1/tcp/2222/p2p/12D3KooWHVawzGL5SG58rS1Ti8m3G8fA9NwEWkfnz1AcRLWq1deF";
    private static final String B =
            "/ip4/127.0.0.1/tcp/3333/p2p/12D3KooWB2ikW3gvaQiwfdnD8HrFAqBd2Y54gdykLTFybUQsYrBG";
    private static final String C =
            "/ip4/127.0.0.1/tcp/4444/p2p/12D3KooWHxNgWfmiJGf6sFXbjQhnBHudsXGz9WAuZB1H4LLwxx7V";

    @Test
    void shouldLoadThreePeersAndKnowItsOwn() {
        final Loaded loaded = (Loaded) load(true, A, B, C);

        assertThat(loaded.config().cluster().initPeersetMultiAddr()).hasSize(3);
        assertThat(loaded.membershipErrors(peerId(B))).isEmpty();
    }

    @Test
    void shouldRefuseAPeerSetWithoutOurselves() {
        final PeerId stranger = PeerId.ofPublicKey(new byte[32]);

        final List<ConfigError> errors = ((Loaded) load(true, A, B, C)).membershipErrors(stranger);

        assertThat(errors)
                .singleElement()
                .satisfies(
                        error -> {
                            assertThat(error.line()).isEqualTo(3);
                            assertThat(error.key()).isEqualTo("[Cluster] InitPeersetMultiAddr");
                            assertThat(error.wrong()).contains(stranger.toString());
                        });
    }

    @Test
    void shouldNotAskForMembershipWithoutClusterMode() {
        final Loaded loaded = (Loaded) load(false);

        assertThat(loaded.membershipErrors(peerId(A))).isEmpty();
    }

    @Test
    void shouldRefuseFewerThanThreePeersInClusterMode() {
        assertThat(errors(A, B))
                .singleElement()
                .satisfies(error -> assertThat(error.wrong()).startsWith("has 2 peers"));
        assertThat(errors()).hasSize(1);
    }

    @Test
    void shouldRefuseTheSamePeerTwice() {
        final String aElsewhere = A.replace("2222", "5555");
        final String bAtAnAddressOfA = B.replace("3333", "2222");

        assertThat(errors(A, B, C, aElsewhere))
                .extracting(ConfigError::wrong)
                .singleElement()
                .asString()
                .contains("element 3", "has the peer id of element 0");
        assertThat(errors(A, bAtAnAddressOfA, C))
                .extracting(ConfigError::wrong)
                .singleElement()
                .asString()
                .contains("element 1", "has the address of element 0");
    }

    @Test
    void shouldRefuseAPeerThatCannotBeReachedOrTrusted() {
        assertThat(errors(A, B, "/ip4/127.0.0.1/tcp/4444"))
                .singleElement()
                .satisfies(error -> assertThat(error.right()).contains("/p2p/"));
        assertThat(errors(A, B, C.replace("127.0.0.1", "0.0.0.0"))).hasSize(1);
        assertThat(errors(A, B, C.replace("4444", "0"))).hasSize(1);
    }

    @Test
    void shouldBoundTheNumberOfPeers() {
        final List<String> peers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            final byte[] publicKey = new byte[32];
            publicKey[0] = (byte) i;
            peers.add("/ip4/127.0.0.1/tcp/" + (1000 + i) + "/p2p/" + PeerId.ofPublicKey(publicKey));
        }

        assertThat(errors(peers.toArray(String[]::new)))
                .singleElement()
                .satisfies(error -> assertThat(error.right()).isEqualTo("at most 15"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void shouldShipSamplesThatLoad(final int node) throws IOException {
        final Path sample = Path.of("samples", "node-" + node + ".toml");

        final ConfigOutcome outcome = ConfigLoader.load(sample, Map.of());

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Loaded.class,
                        loaded -> {
                            final NodeConfig config = loaded.config();
                            final Multiaddr own = config.cluster().initPeersetMultiAddr().get(node);
                            assertThat(own.withoutPeerId())
                                    .isEqualTo(config.libp2p().listenAddresses().get(0));
                            assertThat(loaded.membershipErrors(peerId(own.toString()))).isEmpty();
                        });
    }

    private static PeerId peerId(final String address) {
        return PeerId.parse(address.substring(address.lastIndexOf('/') + 1));
    }

    private static List<ConfigError> errors(final String... peers) {
        final ConfigOutcome outcome = load(true, peers);
        assertThat(outcome).isInstanceOf(Refused.class);
        return ((Refused) outcome).errors();
    }

    private static ConfigOutcome load(final boolean clusterMode, final String... peers) {
        final String list =
                Stream.of(peers)
                        .map(peer -> '"' + peer + '"')
                        .collect(Collectors.joining(",", "[", "]"));
        return ConfigLoader.load(
                "test.toml",
                "[Cluster]\nClusterModeEnabled = %s\nInitPeersetMultiAddr = %s\n"
                        .formatted(clusterMode, list),
                Path.of("/"),
                Map.of());
    }
}
