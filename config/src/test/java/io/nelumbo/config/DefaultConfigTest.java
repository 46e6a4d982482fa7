package io.nelumbo.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.config.ConfigOutcome.Loaded;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class DefaultConfigTest {
    private static final Path FOLDER = Path.of("/");

    @Test
    void shouldLoadAndEqualTheDefaultsAsPrinted() {
        final ConfigOutcome outcome =
                ConfigLoader.load("default", DefaultConfig.text(), FOLDER, Map.of());

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Loaded.class,
                        loaded ->
                                assertThat(loaded.config()).isEqualTo(NodeConfig.defaults(FOLDER)));
    }

    @Test
    void shouldEqualTheDefaultsWithEveryKeyUncommented() {
        // given: every "#Key = value" line uncommented; an upstream needs a URL of its own
        final String everyKey =
                Pattern.compile("(?m)^  #(?=[A-Z])")
                        .matcher(DefaultConfig.text())
                        .replaceAll("  ")
                        .replace("#[[Upstream]]", "[[Upstream]]")
                        .replace("URLs = []", "URLs = [\"http://localhost/\"]");

        // when
        final ConfigOutcome outcome = ConfigLoader.load("all", everyKey, FOLDER, Map.of());

        // then
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Loaded.class,
                        loaded -> {
                            final NodeConfig config = loaded.config();
                            assertThat(config.upstreams()).hasSize(1);
                            assertThat(config)
                                    .usingRecursiveComparison()
                                    .ignoringFields("upstreams")
                                    .isEqualTo(NodeConfig.defaults(FOLDER));
                        });
    }

    @Test
    void shouldDescribeEveryKeyWithTypeAndVariable() {
        final String text = DefaultConfig.text();

        for (final Section section : NodeConfig.SECTIONS) {
            assertThat(text).contains("[" + section.name() + "]");
            for (final Key<?> key : section.keys()) {
                final String variable = key.variable(section.variablePrefix(0));
                assertThat(key.description()).isNotBlank().endsWith(".");
                assertThat(text)
                        .contains(
                                "  # type: "
                                        + key.type().name()
                                        + "\n  # env var: "
                                        + variable
                                        + "\n  #"
                                        + key.name()
                                        + " = ");
            }
        }
    }

    @Test
    void shouldKeepTheNamesAndDefaultsOfLotus() {
        assertThat(DefaultConfig.text())
                .contains(
                        "[Fees]\n",
                        "  #DefaultMaxFee = \"0.07 FIL\"\n",
                        "  #ClusterModeEnabled = false\n",
                        "  #DataFolder = \"\"\n",
                        "  #InitPeersetMultiAddr = []\n",
                        "  #WaitForLeaderTimeout = \"15s\"\n",
                        "  #NetworkTimeout = \"1m40s\"\n",
                        "  #CommitRetries = 1\n",
                        "  #CommitRetryDelay = \"200ms\"\n",
                        "  #BackupsRotate = 6\n",
                        "  #Tracing = false\n");
    }

    @Test
    void shouldFitATerminal() {
        assertThat(DefaultConfig.text().lines()).allMatch(line -> line.length() <= 80);
    }
}
