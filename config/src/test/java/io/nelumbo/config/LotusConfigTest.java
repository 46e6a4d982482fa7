package io.nelumbo.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.config.LotusConfig.Left;
import io.nelumbo.config.LotusConfig.Taken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LotusConfigTest {
    private static final String PEERS =
            """
            InitPeersetMultiAddr = [
              "/ip4/127.0.0.1/tcp/2222/p2p/12D3KooWHVawzGL5SG58rS1Ti8m3G8fA9NwEWkfnz1AcRLWq1deF",
              "/ip4/127.0.0.1/tcp/3333/p2p/12D3KooWB2ikW3gvaQiwfdnD8HrFAqBd2Y54gdykLTFybUQsYrBG",
              "/ip4/127.0.0.1/tcp/4444/p2p/12D3KooWHxNgWfmiJGf6sFXbjQhnBHudsXGz9WAuZB1H4LLwxx7V"]
            """;

    @TempDir Path temporary;

    @Test
    void shouldTakeEveryKeyThatTheLotusClusterKnew() {
        final Path data = temporary.resolve("raft-data");

        final LotusConfig lotus =
                read(
                        """
                        [API]
                        ListenAddress = "/ip4/127.0.0.1/tcp/5678/http"
                        [Libp2p]
                        ListenAddresses = ["/ip4/0.0.0.0/tcp/2222", "/ip6/::/tcp/2222"]
                        [Fees]
                        DefaultMaxFee = "0.05 FIL"
                        [Cluster]
                        ClusterModeEnabled = true
                        DataFolder = "%s"
                        %s
                        WaitForLeaderTimeout = "10s"
                        NetworkTimeout = "1m30s"
                        CommitRetries = 3
                        CommitRetryDelay = "300ms"
                        BackupsRotate = 4
                        Tracing = true
                        """
                                .formatted(data, PEERS));

        assertThat(lotus.wrong()).isEmpty();
        assertThat(lotus.left()).isEmpty();
        assertThat(lotus.taken()).hasSize(12);
        final NodeConfig config = load(lotus);
        assertThat(config.api().listenAddress()).hasToString("/ip4/127.0.0.1/tcp/5678/http");
        assertThat(config.libp2p().listenAddresses()).hasSize(2);
        assertThat(config.fees().defaultMaxFee()).hasToString("0.05 FIL");
        final ClusterConfig cluster = config.cluster();
        assertThat(cluster.clusterModeEnabled()).isTrue();
        assertThat(cluster.dataFolder()).isEqualTo(data);
        assertThat(cluster.initPeersetMultiAddr()).hasSize(3);
        assertThat(cluster.waitForLeaderTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(cluster.networkTimeout()).isEqualTo(Duration.ofSeconds(90));
        assertThat(cluster.commitRetries()).isEqualTo(3);
        assertThat(cluster.commitRetryDelay()).isEqualTo(Duration.ofMillis(300));
        assertThat(cluster.backupsRotate()).isEqualTo(4);
        assertThat(cluster.tracing()).isTrue();
    }

    @Test
    void shouldGiveTheDefaultConfigurationWhenAllIsCommentedOut() {
        final LotusConfig lotus = read("[API]\n#ListenAddress = \"x\"\n[Cluster]\n#Tracing = 1\n");

        assertThat(lotus.taken()).isEmpty();
        assertThat(lotus.left()).isEmpty();
        assertThat(lotus.toml()).isEqualTo(DefaultConfig.text());
    }

    @ParameterizedTest
    @CsvSource({
        "[Chainstore.Splitstore], Foo = 1, [Chainstore]",
        "[Libp2p], AnnounceAddresses = [], [Libp2p] AnnounceAddresses",
        "[API], RemoteListenAddress = '127.0.0.1:1234', [API] RemoteListenAddress",
        "[API], Timeout = '30s', [API] Timeout",
        "[Wallet], RemoteBackend = 'http://wallet', [Wallet] RemoteBackend"
    })
    void shouldLeaveWhatConcernsTheChainNode(
            final String header, final String line, final String key) {
        final LotusConfig lotus = read(header + "\n" + line.replace('\'', '"') + "\n");

        assertThat(lotus.wrong()).isEmpty();
        assertThat(lotus.taken()).isEmpty();
        assertThat(lotus.left()).extracting(Left::key).containsExactly(key);
        assertThat(lotus.left().get(0).why()).isNotEmpty();
    }

    @Test
    void shouldTakeOnlyAddressesThatAMemberCanBeReachedAt() {
        final LotusConfig lotus =
                read(
                        """
                        [Libp2p]
                        ListenAddresses = ["/ip4/0.0.0.0/udp/2222/quic-v1", "/ip4/0.0.0.0/tcp/2222",
                          "/ip6/::/tcp/0", "/ip4/0.0.0.0/tcp/80/ws"]
                        """);

        assertThat(lotus.taken())
                .containsExactly(
                        new Taken("[Libp2p] ListenAddresses", "[\"/ip4/0.0.0.0/tcp/2222\"]"));
        assertThat(lotus.left()).hasSize(3);
        assertThat(lotus.left().get(1).why()).contains("another port at each start");
    }

    @Test
    void shouldNeverUseAFolderThatHoldsLotusesOwnData() throws IOException {
        final Path used = Files.createDirectory(temporary.resolve("used"));
        Files.createFile(used.resolve("raft.db"));

        for (final String folder :
                new String[] {"", "raft", temporary.resolve("repo/raft").toString(), "" + used}) {
            final LotusConfig lotus =
                    LotusConfig.read(
                            "config.toml",
                            "[Cluster]\nDataFolder = \"" + folder + "\"\n",
                            temporary.resolve("repo"));

            assertThat(lotus.taken()).as(folder).isEmpty();
            assertThat(lotus.left()).as(folder).hasSize(1);
        }
    }

    @Test
    void shouldNameEveryWrongValueWithItsLineAndTakeNoneOfThem() {
        final LotusConfig lotus =
                read(
                        """
                        [API]
                        ListenAddress = 5
                        [Cluster]
                        CommitRetries = -1
                        BackupsRotate = 2
                        """);

        assertThat(lotus.wrong()).extracting(ConfigError::line).containsExactly(2, 4);
        assertThat(lotus.wrong().get(1).text()).contains("from 0 to 100");
        assertThat(lotus.taken()).containsExactly(new Taken("[Cluster] BackupsRotate", "2"));
    }

    @Test
    void shouldNotTakeAClusterThatIsNone() {
        final LotusConfig lotus = read("[Cluster]\nClusterModeEnabled = true\nCommitRetries = 2\n");

        assertThat(lotus.wrong()).hasSize(1);
        assertThat(lotus.wrong().get(0).text()).contains("at least 3 peers");
        assertThat(lotus.taken()).containsExactly(new Taken("[Cluster] CommitRetries", "2"));
        load(lotus);
    }

    @Test
    void shouldSayWhereTheTextIsNoToml() {
        final LotusConfig lotus = read("[API\nListenAddress = \n");

        assertThat(lotus.wrong()).isNotEmpty();
        assertThat(lotus.wrong().get(0).text()).startsWith("config.toml:1:");
        assertThat(lotus.taken()).isEmpty();
    }

    private LotusConfig read(final String text) {
        return LotusConfig.read("config.toml", text, temporary.resolve("repo"));
    }

    private NodeConfig load(final LotusConfig lotus) {
        final ConfigOutcome outcome =
                ConfigLoader.load("made", lotus.toml(), temporary.resolve("node"), Map.of());
        assertThat(outcome).isInstanceOf(ConfigOutcome.Loaded.class);
        return ((ConfigOutcome.Loaded) outcome).config();
    }
}
