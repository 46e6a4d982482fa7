package io.nelumbo.publisher.node;

import static org.assertj.core.api.Assertions.assertThat;

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
    private static final PeerIdentity ME = PeerIdentity.generate();

    @TempDir private Path folder;

    @Test
    void shouldBeAClusterOfItselfWithoutClusterMode() {
        final var settings = NodeOptions.raft(NodeConfig.defaults(folder), ME);

        assertThat(settings.cluster().members())
                .singleElement()
                .satisfies(
                        member -> {
                            assertThat(member.peerId()).isEqualTo(ME.peerId().toString());
                            assertThat(member.host()).isEqualTo("127.0.0.1");
                            assertThat(member.port()).isEqualTo(2222);
                        });
    }

    @Test
    void shouldTakeTheMembersFromThePeersetAndBeOneOfThem() throws IOException {
        final List<String> peers = peers("127.0.0.1");

        final var settings = NodeOptions.raft(cluster(peers), ME);

        assertThat(settings.cluster().members())
                .extracting(member -> member.peerId())
                .containsExactlyElementsOf(peers.stream().map(NodeOptionsTest::peerIdIn).toList());
    }

    @Test
    void shouldListenWhereItIsToldAndBeReachedWhereThePeersetSays() throws IOException {
        final List<String> peers = peers("10.0.0.1");

        final var settings = NodeOptions.raft(cluster(peers), ME);

        assertThat(settings.listen()).hasToString("127.0.0.1:2222");
        assertThat(settings.cluster().members())
                .extracting(member -> member.host() + ":" + member.port())
                .containsExactly("10.0.0.1:2222", "10.0.0.1:3333", "10.0.0.1:4444");
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
    void shouldPutEveryKeyOfTheClusterWhereItWorks() throws IOException {
        final NodeConfig config =
                loaded(
                        """
                        [Cluster]
                        DataFolder = "elsewhere"
                        WaitForLeaderTimeout = "3s"
                        NetworkTimeout = "2s"
                        CommitRetries = 7
                        CommitRetryDelay = "40ms"
                        """);

        final var settings = NodeOptions.raft(config, ME);
        final var gateway = NodeOptions.gateway(config.cluster(), config.fees());

        assertThat(settings.folder()).isEqualTo(folder.resolve("elsewhere"));
        assertThat(settings.timeouts().leaderCall()).hasSeconds(3);
        assertThat(settings.timeouts().leaderCallAttempt()).hasSeconds(2);
        assertThat(settings.timeouts().peerAnswer()).hasSeconds(2);
        assertThat(gateway.waitForLeader()).hasSeconds(3);
        assertThat(gateway.commitRetries()).isEqualTo(7);
        assertThat(gateway.commitRetryDelay()).hasMillis(40);
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

    @Test
    void shouldGiveTheChainAsMuchTimeAsTheConfigurationSays() throws IOException {
        final NodeConfig config = loaded("[Publish]\nUpstreamTimeout = \"4s\"\n");

        assertThat(NodeOptions.publish(config.publish(), 1).asking().requestTimeout())
                .hasSeconds(4);
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
        return List.of(
                peer(host, 2222, PeerIdentity.generate()),
                peer(host, 3333, ME),
                peer(host, 4444, PeerIdentity.generate()));
    }

    private static String peer(final String host, final int port, final PeerIdentity peer) {
        return "/ip4/%s/tcp/%d/p2p/%s".formatted(host, port, peer.peerId());
    }

    private static String peerIdIn(final String address) {
        return address.substring(address.lastIndexOf('/') + 1);
    }
}
