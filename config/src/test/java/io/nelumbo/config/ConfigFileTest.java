package io.nelumbo.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.config.ConfigOutcome.Loaded;
import io.nelumbo.config.ConfigOutcome.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files as they may really come: absent, hostile, broken in every way. */
final class ConfigFileTest {
    @TempDir Path folder;

    @Test
    void shouldReadAFileAndResolveFoldersBesideIt() throws IOException {
        final Path file = folder.resolve("config.toml");
        Files.writeString(file, DefaultConfig.text());

        assertThat(ConfigLoader.load(file, Map.of()))
                .isInstanceOfSatisfying(
                        Loaded.class,
                        loaded ->
                                assertThat(loaded.config()).isEqualTo(NodeConfig.defaults(folder)));
    }

    @Test
    void shouldSayThatAFileIsNotThere() {
        assertRefused(folder.resolve("absent.toml"), "there is no such file");
    }

    @Test
    void shouldSayThatAFileCannotBeRead() {
        assertRefused(folder, "cannot be read");
    }

    @Test
    void shouldRefuseAHugeFile() throws IOException {
        final Path file = folder.resolve("huge.toml");
        Files.writeString(file, "# long\n".repeat(40_000));

        assertRefused(file, "is larger than 262144 bytes");
    }

    @Test
    void shouldRefuseAFileThatIsNotText() throws IOException {
        final Path file = folder.resolve("binary.toml");
        Files.write(file, new byte[] {'a', (byte) 0xff, 0});

        assertRefused(file, "is not UTF-8");
    }

    @Test
    @Timeout(20)
    void shouldRefuseDeepNestingWithoutRunningOutOfStack() {
        for (final String hostile :
                new String[] {
                    "[API]\nListenAddress = " + "[".repeat(100_000),
                    "[API]\nListenAddress = " + "{a=".repeat(80_000),
                    "[API]\n" + "a.".repeat(100_000) + "a = 1",
                    "[" + "a.".repeat(100_000) + "a]",
                }) {
            final ConfigOutcome outcome = ConfigLoader.load("x", hostile, folder, Map.of());

            assertThat(outcome).isInstanceOf(Refused.class);
            assertThat(((Refused) outcome).text().length()).isLessThan(30_000);
        }
    }

    @Test
    @Timeout(20)
    void shouldBoundWhatItSaysAboutAFileOfNothingButMistakes() {
        final StringBuilder unknownKeys = new StringBuilder("[API]\n");
        for (int i = 0; i < 4_000; i++) {
            unknownKeys.append("k").append(i).append(" = 1\n");
        }
        for (final String hostile :
                new String[] {"= = =\n".repeat(3_000), unknownKeys.toString()}) {
            final ConfigOutcome outcome = ConfigLoader.load("x", hostile, folder, Map.of());

            assertThat(((Refused) outcome).errors()).hasSizeBetween(2, 101);
        }
    }

    @Property(tries = 300)
    void shouldAnswerAnyTextWithAnOutcome(@ForAll final String text) {
        final ConfigOutcome outcome = ConfigLoader.load("x", text, Path.of("/"), Map.of());

        if (outcome instanceof Refused refused) {
            assertThat(refused.errors()).isNotEmpty().allMatch(error -> !error.wrong().isEmpty());
        }
    }

    private static void assertRefused(final Path file, final String wrong) {
        assertThat(ConfigLoader.load(file, Map.of()))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> {
                            assertThat(refused.text()).startsWith(file + ": ").contains(wrong);
                            assertThat(refused.errors()).hasSize(1);
                        });
    }

    @Test
    void shouldRefuseADurationOfAHundredThousandTermsQuickly() {
        final ConfigOutcome outcome =
                ConfigLoader.load(
                        "x",
                        "[API]\nRequestTimeout = \"" + "1s".repeat(100_000) + "\"\n",
                        folder,
                        Map.of());

        assertThat(((Refused) outcome).text().length()).isLessThan(1000);
        assertThat(NodeConfig.defaults(folder).api().requestTimeout())
                .isEqualTo(Duration.ofSeconds(30));
    }
}
