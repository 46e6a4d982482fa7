package io.nelumbo.publisher.fuzz.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.config.ApiInfo;
import io.nelumbo.config.ConfigLoader;
import io.nelumbo.config.ConfigOutcome;
import io.nelumbo.config.DefaultConfig;
import io.nelumbo.config.GoDuration;
import io.nelumbo.config.LotusConfig;
import io.nelumbo.config.MalformedAddress;
import io.nelumbo.config.Multiaddr;
import io.nelumbo.config.PeerId;
import io.nelumbo.publisher.fuzz.Door;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an operator writes, or pastes: configuration, addresses, durations. */
final class ConfigDoors {
    private static final String PEER = "12D3KooWHVawzGL5SG58rS1Ti8m3G8fA9NwEWkfnz1AcRLWq1deF";
    private static final String HTTP = "/ip4/127.0.0.1/tcp/4567/http";

    /** All keys but the upstreams', uncommented. */
    private static final String EVERY_KEY =
            DefaultConfig.text()
                    .split("#\\[\\[")[0]
                    .replaceAll("(?m)^( *)#([A-Za-z0-9]+ = )", "$1$2");

    private static final String CLUSTER =
            """
            [API]
              ListenAddress = "/ip4/127.0.0.1/tcp/4567/http"
            [Libp2p]
              ListenAddresses = ["/ip4/127.0.0.1/tcp/2222"]
            [Cluster]
              ClusterModeEnabled = true
              InitPeersetMultiAddr = [
                "/ip4/127.0.0.1/tcp/2222/p2p/%s",
                "/ip4/127.0.0.1/tcp/3333/p2p/12D3KooWB2ikW3gvaQiwfdnD8HrFAqBd2Y54gdykLTFybUQsYrBG",
                "/ip4/127.0.0.1/tcp/4444/p2p/12D3KooWHxNgWfmiJGf6sFXbjQhnBHudsXGz9WAuZB1H4LLwxx7V",
              ]
              NetworkTimeout = "1m40s"
            [[Upstream]]
              Chain = "filecoin"
              URLs = ["http://127.0.0.1:1234/rpc/v1"]
            """
                    .formatted(PEER);

    private ConfigDoors() {}

    static Stream<Door> all(final Path folder) {
        return Stream.of(
                Door.ofText(
                        "multiaddr",
                        text -> address(() -> check(Multiaddr.parse(text))),
                        HTTP,
                        "/ip6/2001:db8::1/tcp/0/https",
                        "/dns4/node_0.example/tcp/2222/p2p/" + PEER),
                Door.ofText(
                        "peer-id",
                        text ->
                                address(
                                        () ->
                                                assertThat(PeerId.parse(text).toString())
                                                        .isEqualTo(text)),
                        PEER),
                Door.ofText(
                        "api-info",
                        text -> address(() -> check(ApiInfo.parseList(text))),
                        "eyJ0.eyJ1.abc-_:" + HTTP + ", :" + HTTP,
                        HTTP),
                Door.ofText("duration", ConfigDoors::takesDuration, "1m40s", "200ms", "1.5h"),
                Door.ofText(
                        "config",
                        text -> takesConfig(ConfigLoader.load("c", text, folder, Map.of())),
                        EVERY_KEY,
                        CLUSTER),
                Door.ofText(
                        "config-variables",
                        text -> takesConfig(ConfigLoader.load("c", "", folder, variables(text))),
                        "NELUMBO_CLUSTER_COMMITRETRIES=2\n"
                                + "NELUMBO_PIPELINE_RINGSIZE=1024\n"
                                + "NELUMBO_API_REQUESTTIMEOUT=3s"),
                Door.ofText(
                        "lotus-config",
                        text -> {
                            final LotusConfig config = LotusConfig.read("c", text, folder);
                            return config.wrong().isEmpty() && !config.toml().isEmpty();
                        },
                        CLUSTER,
                        "[Fees]\n  DefaultMaxFee = \"0.07 FIL\"\n"));
    }

    private static boolean address(final Runnable reading) {
        try {
            reading.run();
            return true;
        } catch (final MalformedAddress refused) {
            assertThat(refused.position()).isNotNegative();
            return false;
        }
    }

    private static void check(final Multiaddr address) {
        assertThat(Multiaddr.parse(address.toString())).isEqualTo(address);
        assertThat(address.url("/rpc/v1").getPath()).isEqualTo("/rpc/v1");
    }

    private static void check(final List<ApiInfo> nodes) {
        for (final ApiInfo node : nodes) {
            assertThat(ApiInfo.parse(node.text())).isEqualTo(node);
            assertThat(node.rpcUrl().getPath()).isEqualTo("/rpc/v1");
        }
    }

    private static boolean takesDuration(final String text) {
        final Duration duration = GoDuration.parse(text);
        if (duration == null) {
            return false;
        }
        assertThat(duration.isNegative()).isFalse();
        assertThat(GoDuration.parse(GoDuration.print(duration))).isEqualTo(duration);
        return true;
    }

    private static boolean takesConfig(final ConfigOutcome outcome) {
        if (outcome instanceof ConfigOutcome.Refused refused) {
            assertThat(refused.errors()).isNotEmpty().hasSizeLessThan(200);
            assertThat(refused.errors())
                    .allSatisfy(error -> assertThat(error.wrong()).hasSizeLessThan(2000));
            return false;
        }
        return true;
    }

    private static Map<String, String> variables(final String text) {
        return text.lines()
                // Names are short here, because complaints repeat them.
                .filter(line -> line.indexOf('=') > 0 && line.indexOf('=') < 200)
                .collect(
                        Collectors.toMap(
                                line -> line.substring(0, line.indexOf('=')),
                                line -> line.substring(line.indexOf('=') + 1),
                                (one, other) -> other));
    }
}
