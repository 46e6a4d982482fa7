package io.nelumbo.publisher.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelumbo.config.ConfigLoader;
import io.nelumbo.config.ConfigOutcome;
import io.nelumbo.config.NodeConfig;
import io.nelumbo.statemachine.identity.PeerIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodeOptionsTest {
    @TempDir private Path folder;

    @Test
    void shouldBeAClusterOfItselfWithoutClusterMode() {
        final var settings = NodeOptions.raft(NodeConfig.defaults(folder), "12D3KooWme");

        assertThat(settings.cluster().members())
                .singleElement()
                .satisfies(
                        member -> {
                            assertThat(member.peerId()).isEqualTo("12D3KooWme");
                            assertThat(member.host()).isEqualTo("127.0.0.1");
                            assertThat(member.port()).isEqualTo(2222);
                        });
    }

    @Test
    void shouldTakeTheMembersFromThePeersetAndBeOneOfThem() throws IOException {
        final List<String> peers = peers("127.0.0.1");

        final var settings = NodeOptions.raft(cluster(peers), peerIdIn(peers.get(1)));

        assertThat(settings.cluster().members())
                .extracting(member -> member.peerId())
                .containsExactlyElementsOf(peers.stream().map(NodeOptionsTest::peerIdIn).toList());
    }

    @Test
    void shouldRefuseAPeerOnAnotherMachineWhileThePeerPortHasNoEncryption() throws IOException {
        final List<String> peers = peers("10.0.0.1");
        final NodeConfig config = cluster(peers);

        assertThatThrownBy(() -> NodeOptions.raft(config, peerIdIn(peers.get(0))))
                .isInstanceOf(NodeRefused.class)
                .hasMessageContaining("loopback")
                .hasMessageContaining("InitPeersetMultiAddr");
    }

    @Test
    void shouldMapEveryDefaultOfTheConfigurationIntoLegalOptions() {
        final NodeConfig defaults = NodeConfig.defaults(folder);

        assertThat(NodeOptions.pipeline(defaults.pipeline()).signerThreads()).isPositive();
        assertThat(NodeOptions.journal(defaults.journal()).freeSpaceWatermarkBytes())
                .isEqualTo(defaults.journal().freeSpaceMinBytes());
        assertThat(NodeOptions.publish(defaults.publish(), 1).confirming().confidence())
                .isEqualTo(defaults.publish().confidence());
        assertThat(NodeOptions.gateway(defaults.cluster(), defaults.fees()).waitForLeader())
                .isEqualTo(defaults.cluster().waitForLeaderTimeout());
    }

    @Test
    void shouldBelieveTheChainAsTheConfigurationSays() throws IOException {
        final NodeConfig config = loaded("[Publish]\nMinUpstreams = 3\nCheckEveryLanding = true\n");

        assertThat(NodeOptions.publish(config.publish(), 1).confirming())
                .satisfies(
                        confirming -> {
                            assertThat(confirming.minUpstreams()).isEqualTo(3);
                            assertThat(confirming.checkEveryLanding()).isTrue();
                        });
    }

    private NodeConfig cluster(final List<String> peers) throws IOException {
        return loaded(
                "[Cluster]\nClusterModeEnabled = true\nInitPeersetMultiAddr = [\"%s\"]\n"
                        .formatted(String.join("\", \"", peers)));
    }

    private NodeConfig loaded(final String toml) throws IOException {
        final Path file = folder.resolve("config.toml");
        Files.writeString(file, toml);
        final ConfigOutcome outcome = ConfigLoader.load(file, Map.of());
        assertThat(outcome).isInstanceOf(ConfigOutcome.Loaded.class);
        return ((ConfigOutcome.Loaded) outcome).config();
    }

    private static List<String> peers(final String host) {
        return List.of(peer(host, 2222), peer(host, 3333), peer(host, 4444));
    }

    private static String peer(final String host, final int port) {
        return "/ip4/%s/tcp/%d/p2p/%s".formatted(host, port, PeerIdentity.generate().peerId());
    }

    private static String peerIdIn(final String address) {
        return address.substring(address.lastIndexOf('/') + 1);
    }
}
