package io.nelumbo.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.config.ConfigOutcome.Loaded;
import io.nelumbo.config.ConfigOutcome.Refused;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EnvironmentTest {
    private static final Path FOLDER = Path.of("/");

    @Test
    void shouldOverrideTheFile() {
        final NodeConfig config =
                loaded(
                        "[API]\nMaxRequestBytes = 2048\n[Cluster]\nTracing = true\n",
                        Map.of(
                                "NELUMBO_API_MAXREQUESTBYTES", " 4096 ",
                                "NELUMBO_CLUSTER_TRACING", "false",
                                "NELUMBO_CLUSTER_COMMITRETRYDELAY", "1s",
                                "NELUMBO_LIBP2P_LISTENADDRESSES",
                                        "/ip4/0.0.0.0/tcp/1, /ip6/::/tcp/1"));

        assertThat(config.api().maxRequestBytes()).isEqualTo(4096);
        assertThat(config.cluster().tracing()).isFalse();
        assertThat(config.cluster().commitRetryDelay()).hasSeconds(1);
        assertThat(config.libp2p().listenAddresses()).hasSize(2);
    }

    @Test
    void shouldRightAWrongValueOfTheFile() {
        assertThat(
                        loaded(
                                        "[API]\nMaxRequestBytes = \"many\"\n",
                                        Map.of("NELUMBO_API_MAXREQUESTBYTES", "4096"))
                                .api()
                                .maxRequestBytes())
                .isEqualTo(4096);
    }

    @Test
    void shouldOverrideAndAppendUpstreams() {
        final NodeConfig config =
                loaded(
                        "[[Upstream]]\nURLs = [\"http://a/\"]\nToken = \"file\"\n",
                        Map.of(
                                "NELUMBO_UPSTREAM_TOKEN", "zero",
                                "NELUMBO_UPSTREAM_1_URLS", "http://b/,http://c/",
                                "NELUMBO_UPSTREAM_1_TOKEN", "one"));

        assertThat(config.upstreams()).hasSize(2);
        assertThat(config.upstreams().get(0).token()).isEqualTo("zero");
        assertThat(config.upstreams().get(0).urls().get(0)).hasToString("http://a/");
        assertThat(config.upstreams().get(1).urls()).hasSize(2);
        assertThat(config.upstreams().get(1).token()).isEqualTo("one");
    }

    @Test
    void shouldNameTheVariableThatIsWrong() {
        assertThat(refused(Map.of("NELUMBO_PIPELINE_RINGSIZE", "1000")))
                .satisfies(
                        error -> {
                            assertThat(error.source())
                                    .isEqualTo("environment variable NELUMBO_PIPELINE_RINGSIZE");
                            assertThat(error.line()).isZero();
                            assertThat(error.key()).isEqualTo("[Pipeline] RingSize");
                            assertThat(error.right()).contains("a power of two");
                        });
        assertThat(refused(Map.of("NELUMBO_CLUSTER_TRACING", "yes")).wrong())
                .isEqualTo("is \"yes\"");
    }

    @Test
    void shouldSuggestTheVariableThatWasMeant() {
        assertThat(refused(Map.of("NELUMBO_PIPELINE_RINGSIZ", "1024")).right())
                .isEqualTo("NELUMBO_PIPELINE_RINGSIZE (did you mean that?)");
    }

    @Test
    void shouldRefuseAnUpstreamNumberThatLeavesAHole() {
        assertThat(refused(Map.of("NELUMBO_UPSTREAM_1_URLS", "http://a/")).wrong())
                .isEqualTo("skips a number: there are 0");
        assertThat(refused(Map.of("NELUMBO_UPSTREAM_99999999999_URLS", "http://a/")).wrong())
                .contains("skips a number");
    }

    @Test
    void shouldPassOverVariablesThatAreNotOurs() {
        assertThat(loaded("", Map.of("NELUMBO_PATH", "/x", "NELUMBO_JAVA_OPTS", "-Xmx1g", "A", "")))
                .isEqualTo(NodeConfig.defaults(FOLDER));
    }

    private static NodeConfig loaded(final String text, final Map<String, String> environment) {
        final ConfigOutcome outcome = ConfigLoader.load("test.toml", text, FOLDER, environment);
        assertThat(outcome).isInstanceOf(Loaded.class);
        return ((Loaded) outcome).config();
    }

    private static ConfigError refused(final Map<String, String> environment) {
        final ConfigOutcome outcome = ConfigLoader.load("test.toml", "", FOLDER, environment);
        assertThat(outcome).isInstanceOf(Refused.class);
        assertThat(((Refused) outcome).errors()).hasSize(1);
        return ((Refused) outcome).errors().get(0);
    }
}
