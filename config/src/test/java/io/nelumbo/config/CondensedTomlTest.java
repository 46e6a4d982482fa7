package io.nelumbo.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines that say nothing cost nothing, and mistakes are still where they are. */
final class CondensedTomlTest {

    @Test
    void shouldLeaveOutBlankLinesAndComments() {
        final CondensedToml toml = CondensedToml.of("\n# one\r\n  \t#two\n[API]\r\n\r\na=1#3\n#");

        assertThat(toml.text()).isEqualTo("[API]\r\na=1#3\n");
        assertThat(toml.lines()).isEqualTo(2);
        assertThat(toml.original(1)).isEqualTo(4);
        assertThat(toml.original(2)).isEqualTo(6);
        assertThat(toml.original(3)).isEqualTo(6);
    }

    @Test
    void shouldKeepTheLinesOfATextOverSeveralLines() {
        final String text =
                "a = \"\"\"\n# not a comment\n\n\\\"\"\"\n\n\"\"\"\"\"\nb = '''\n\n#'''\nc = \"'''\"\n";

        assertThat(CondensedToml.of(text + "\n#\n" + text).text()).isEqualTo(text + text);
    }

    @Test
    void shouldKeepACommentThatIsAMistake() {
        assertThat(CondensedToml.of("# a\u0007b\n").text()).isEqualTo("# a\u0007b\n");
    }

    @Test
    void shouldNameTheLineOfTheFile() {
        final ConfigOutcome outcome = load("# hello\n\n[API]\n# what\nNoSuchKey = 1\n");

        assertThat(((ConfigOutcome.Refused) outcome).errors())
                .singleElement()
                .satisfies(error -> assertThat(error.line()).isEqualTo(5));
    }

    /** The library takes minutes for some of these. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n",
                "#\n",
                " \r\n",
                "a=[\n",
                "a=\"\n",
                "x\n",
                "a=1\n",
                "a=[1,\n",
                "\"\"\"\n"
            })
    void shouldReadAnyFileOf256KiBAtOnce(final String line) {
        final String text = line.repeat((256 << 10) / line.length());

        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> load(text));
    }

    @Test
    void shouldSayThatAFileHasTooManyLines() {
        final ConfigOutcome outcome = load("[API]\n".repeat(4097));

        assertThat(((ConfigOutcome.Refused) outcome).errors())
                .singleElement()
                .satisfies(
                        error ->
                                assertThat(error.toString())
                                        .contains("4097 lines", "at most 4096"));
    }

    private static ConfigOutcome load(final String text) {
        return ConfigLoader.load("config.toml", text, Path.of("/node"), Map.of());
    }
}
