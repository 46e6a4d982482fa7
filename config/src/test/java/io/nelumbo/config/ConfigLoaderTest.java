package io.nelumbo.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.nelumbo.config.ConfigOutcome.Loaded;
import io.nelumbo.config.ConfigOutcome.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigLoaderTest {
    private static final String A = "12D3KooWHVawzGL5SG58rS1Ti8m3G8fA9NwEWkfnz1AcRLWq1deF";

    @TempDir Path folder;

    @Test
    void shouldReportFiveMistakesWithLineAndKeyWhenThereAreFive() {
        final List<ConfigError> errors =
                errors(
                        """
                        [API]
                        ListenAddress = "/ip4/127.0.0.1/udp/4567"
                        RequestTimeout = 30

                        [Cluster]
                        CommitRetrys = 1
                        CommitRetryDelay = "2m"

                        [Pipelin]
                        RingSize = 64
                        """);

        assertThat(errors)
                .extracting(ConfigError::line, ConfigError::column, ConfigError::key)
                .containsExactly(
                        tuple(2, 1, "[API] ListenAddress"),
                        tuple(3, 1, "[API] RequestTimeout"),
                        tuple(6, 1, "[Cluster] CommitRetrys"),
                        tuple(7, 1, "[Cluster] CommitRetryDelay"),
                        tuple(9, 1, "[Pipelin]"));
        assertThat(errors).extracting(ConfigError::source).containsOnly("test.toml");
        assertThat(errors.get(0).wrong()).contains("/udp", "at character 15");
        assertThat(errors.get(1).wrong()).isEqualTo("is 30, an int");
        assertThat(errors.get(1).right()).isEqualTo("a duration from \"10ms\" to \"1h\"");
        assertThat(errors.get(2).right()).isEqualTo("CommitRetries (did you mean that?)");
        assertThat(errors.get(3).wrong()).isEqualTo("is \"2m\"");
        assertThat(errors.get(4).right()).isEqualTo("Pipeline (did you mean that?)");
        assertThat(errors.get(2).text())
                .isEqualTo(
                        "test.toml:6:1: [Cluster] CommitRetrys: is no key of this section;"
                                + " expected CommitRetries (did you mean that?)");
    }

    @Test
    void shouldReportMistakesOfValuesBesideMistakesOfSyntax() {
        final List<ConfigError> errors =
                errors("[API]\nListenAddress = \"unfinished\nMaxRequestBytes = 1\n[API\n");

        assertThat(errors).extracting(ConfigError::line).contains(2, 3, 4);
        assertThat(errors).extracting(ConfigError::key).contains("[API] MaxRequestBytes");
    }

    @Test
    void shouldTakeTheBinaryDoorsAddressOrNone() {
        assertThat(loaded("").config().api().streamListenAddress()).isEmpty();
        assertThat(
                        loaded("[API]\nStreamListenAddress = \"\"\n")
                                .config()
                                .api()
                                .streamListenAddress())
                .isEmpty();
        assertThat(
                        loaded("[API]\nStreamListenAddress = \"/ip4/127.0.0.1/tcp/4568\"\n")
                                .config()
                                .api()
                                .streamListenAddress())
                .contains(Multiaddr.parse("/ip4/127.0.0.1/tcp/4568"));
    }

    @Test
    void shouldSayWhatIsWrongWithTheBinaryDoorsAddress() {
        final String key = "[API]\nStreamListenAddress = ";
        assertThat(errors(key + "\"127.0.0.1:4568\"\n").get(0).wrong())
                .contains("which is no multiaddr");
        assertThat(errors(key + "\"/ip4/127.0.0.1/tcp/4568/http\"\n").get(0).right())
                .contains("without /http and /p2p");
        assertThat(errors(key + "\"/ip4/0.0.0.0/tcp/4567\"\n").get(0).right())
                .contains("another port");
        assertThat(errors(key + "4568\n").get(0).wrong()).isEqualTo("is 4568, an int");
    }

    @Test
    void shouldReadEveryKindOfValue() {
        final NodeConfig config =
                loaded(
                                """
                                [API]
                                ListenAddress = "/ip6/::1/tcp/0/http"
                                RequestTimeout = "1m40s"
                                [Libp2p]
                                ListenAddresses = ["/ip4/0.0.0.0/tcp/2222", "/ip6/::/tcp/2222"]
                                [Cluster]
                                DataFolder = "elsewhere"
                                Tracing = true
                                [Pipeline]
                                WaitStrategy = "busy-spin"
                                RingSize = 1_024
                                [Publish]
                                FillPolicy = "fill"
                                MinUpstreams = 2
                                CheckEveryLanding = true
                                [Fees]
                                DefaultMaxFee = "1.5 FIL"
                                [[Upstream]]
                                URLs = ["http://127.0.0.1:1234/rpc/v1", "/dns4/lotus/tcp/1234/http"]
                                Token = "secret"
                                [[Upstream]]
                                URLs = ["https://api.example/rpc/v1"]
                                """)
                        .config();

        assertThat(config.api().listenAddress()).hasToString("/ip6/::1/tcp/0/http");
        assertThat(config.api().requestTimeout()).isEqualTo(Duration.ofSeconds(100));
        assertThat(config.libp2p().listenAddresses()).hasSize(2);
        assertThat(config.cluster().dataFolder()).isEqualTo(folder.resolve("elsewhere"));
        assertThat(config.journal().folder()).isEqualTo(folder.resolve("journal"));
        assertThat(config.cluster().tracing()).isTrue();
        assertThat(config.pipeline().waitStrategy())
                .isEqualTo(PipelineConfig.WaitStrategy.BUSY_SPIN);
        assertThat(config.pipeline().ringSize()).isEqualTo(1024);
        assertThat(config.publish().fillPolicy()).isEqualTo(PublishConfig.FillPolicy.FILL);
        assertThat(config.publish().minUpstreams()).isEqualTo(2);
        assertThat(config.publish().checkEveryLanding()).isTrue();
        assertThat(config.fees().defaultMaxFee()).hasToString("1.5 FIL");
        assertThat(config.upstreams()).hasSize(2);
        assertThat(config.upstreams().get(0).urls().get(1)).hasToString("http://lotus:1234/rpc/v1");
        assertThat(config.upstreams().get(0).token()).isEqualTo("secret");
        assertThat(config.toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "'', /node/passphrase",
        "secrets/one, /node/secrets/one",
        "/run/secrets/keystore, /run/secrets/keystore",
    })
    void shouldFindThePassphraseFile(final String set, final String expected) {
        final String text =
                "[Wallet]\nPassphraseSource = \"file\"\nPassphraseFile = \"" + set + "\"\n";

        final ConfigOutcome outcome = ConfigLoader.load("test", text, Path.of("/node"), Map.of());

        assertThat(((ConfigOutcome.Loaded) outcome).config().wallet())
                .extracting(WalletConfig::passphraseSource, WalletConfig::passphraseFile)
                .containsExactly(WalletConfig.PassphraseSource.FILE, Path.of(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "API, MaxRequestBytes, 1023",
        "API, ListenAddress, '\"/ip4/127.0.0.1/tcp/1/p2p/" + A + "\"'",
        "Libp2p, ListenAddresses, []",
        "Libp2p, ListenAddresses, '[\"/ip4/127.0.0.1/tcp/1/http\"]'",
        "Cluster, ClusterModeEnabled, '\"true\"'",
        "Cluster, CommitRetries, -1",
        "Cluster, CommitRetries, 1.0",
        "Cluster, WaitForLeaderTimeout, '\"0s\"'",
        "Cluster, WaitForLeaderTimeout, '\"-15s\"'",
        "Cluster, InitPeersetMultiAddr, '\"one\"'",
        "Pipeline, RingSize, 65535",
        "Pipeline, RingSize, 32",
        "Pipeline, RingSize, 9223372036854775807",
        "Pipeline, MaxBatchBytes, 4194304",
        "Pipeline, MaxBatchBytes, 65536",
        "Pipeline, WaitStrategy, '\"spin\"'",
        "Pipeline, SignerThreads, 65",
        "Journal, RollCycle, '\"weekly\"'",
        "Journal, FreeSpaceMinBytes, 0",
        "Publish, Confidence, 901",
        "Publish, FillPolicy, 2026-01-01",
        "Publish, MinUpstreams, 0",
        "Publish, MinUpstreams, 65",
        "Publish, CheckEveryLanding, 1",
        "Publish, RequestIdRetention, '\"0s\"'",
        "Fees, DefaultMaxFee, '\"0 FIL\"'",
        "Fees, DefaultMaxFee, '\"-1 FIL\"'",
        "Fees, DefaultMaxFee, '\"1 ETH\"'",
        "Fees, DefaultMaxFee, '\"2000000001 FIL\"'",
        "Fees, DefaultMaxFee, 1",
        "Wallet, PassphraseSource, '\"env\"'",
        "Wallet, Folder, '{a = 1}'",
    })
    void shouldRefuseWhatIsOutOfRangeOrOfTheWrongType(
            final String section, final String key, final String value) {
        final List<ConfigError> errors =
                errors("[" + section + "]\n  " + key + " = " + value + "\n");

        assertThat(errors)
                .singleElement()
                .satisfies(
                        error -> {
                            assertThat(error.key()).isEqualTo("[" + section + "] " + key);
                            assertThat(error.line()).isEqualTo(2);
                            assertThat(error.column()).isEqualTo(3);
                            assertThat(error.wrong()).startsWith("is ").doesNotEndWith(".");
                            assertThat(error.right()).isNotBlank();
                        });
    }

    @Test
    void shouldNameTheElementOfAListAndItsOwnLine() {
        final List<ConfigError> errors =
                errors(
                        """
                        [Cluster]
                        InitPeersetMultiAddr = [
                          "/ip4/127.0.0.1/tcp/2222/p2p/%s",
                          "/ip4/127.0.0.1/tcp/3333/p2p/nobody",
                        ]
                        """
                                .formatted(A));

        assertThat(errors)
                .singleElement()
                .satisfies(
                        error -> {
                            assertThat(error.line()).isEqualTo(4);
                            assertThat(error.wrong())
                                    .contains("element 1", "nobody", "at character 35");
                        });
    }

    @Test
    void shouldRefuseACombinationThatCannotWork() {
        assertThat(errors("[Pipeline]\nRingSize = 64\nMaxBatchMessages = 65\n"))
                .singleElement()
                .satisfies(
                        error -> assertThat(error.key()).isEqualTo("[Pipeline] MaxBatchMessages"));
        assertThat(errors("[Journal]\nFolder = \"raft/journal\"\n"))
                .singleElement()
                .satisfies(error -> assertThat(error.wrong()).contains("snapshots wipe"));
    }

    @Test
    void shouldRefuseAFolderThatCannotBeMade() throws IOException {
        final Path file = Files.createFile(folder.resolve("file"));

        assertThat(errors("[Wallet]\nFolder = \"file/keystore\"\n"))
                .singleElement()
                .satisfies(
                        error -> {
                            assertThat(error.key()).isEqualTo("[Wallet] Folder");
                            assertThat(error.line()).isEqualTo(2);
                            assertThat(error.wrong()).isEqualTo(file + " is not a folder");
                        });
        assertThat(errors("[Wallet]\nPassphraseFile = \"a\\u0000b\"\n")).hasSize(1);
        assertThat(errors("[Wallet]\nFolder = \"a\\u0000b\"\n")).hasSize(1);
    }

    @Test
    void shouldRefuseKeysAndTablesInTheWrongPlace() {
        assertThat(errors("RingSize = 64\n").get(0).wrong()).contains("outside of any section");
        assertThat(errors("API = 5\n").get(0).right()).isEqualTo("the header [API]");
        assertThat(errors("[[API]]\n").get(0).right()).isEqualTo("the header [API]");
        assertThat(errors("[Upstream]\n").get(0).right()).isEqualTo("the header [[Upstream]]");
        assertThat(errors("[Upstream]\n").get(0).line()).isEqualTo(1);
        assertThat(errors("Upstream = [5]\n").get(0).wrong()).isEqualTo("is no table");
        assertThat(errors("[API.Nested]\na = 1\n").get(0).key()).isEqualTo("[API] Nested");
    }

    @Test
    void shouldRefuseAnUpstreamWithoutUrl() {
        assertThat(errors("\n[[Upstream]]\nToken = \"t\"\n"))
                .singleElement()
                .satisfies(
                        error -> {
                            assertThat(error.key()).isEqualTo("[[Upstream]] #0 URLs");
                            assertThat(error.line()).isEqualTo(2);
                            assertThat(error.wrong()).isEqualTo("is missing");
                        });
    }

    @Test
    void shouldRefuseTheOldVersionOfAnUpstreamsApi() {
        for (final String path : List.of("/rpc/v0", "/lotus/rpc/v0/")) {
            assertThat(errors("[[Upstream]]\nURLs = [\"http://a" + path + "\"]\n"))
                    .singleElement()
                    .satisfies(
                            error ->
                                    assertThat(error.toString())
                                            .contains("the old version of the API", "/rpc/v1"));
        }
    }

    @Test
    void shouldNotRepeatATokenInAnError() {
        assertThat(errors("[[Upstream]]\nURLs = [\"http://a/\"]\nToken = [\"hunter2\"]\n"))
                .singleElement()
                .satisfies(error -> assertThat(error.text()).doesNotContain("hunter2"));
    }

    @Test
    void shouldReportAKeyThatIsSetTwice() {
        assertThat(errors("[API]\nMaxRequestBytes = 2048\nMaxRequestBytes = 4096\n"))
                .singleElement()
                .satisfies(error -> assertThat(error.line()).isEqualTo(3));
    }

    private Loaded loaded(final String text) {
        final ConfigOutcome outcome = ConfigLoader.load("test.toml", text, folder, Map.of());
        assertThat(outcome).isInstanceOf(Loaded.class);
        return (Loaded) outcome;
    }

    private List<ConfigError> errors(final String text) {
        final ConfigOutcome outcome = ConfigLoader.load("test.toml", text, folder, Map.of());
        assertThat(outcome).isInstanceOf(Refused.class);
        return ((Refused) outcome).errors();
    }
}
