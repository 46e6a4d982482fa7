package io.nelumbo.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorCommandTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private Path folder;

    @Test
    void shouldReadWhatItAnswered() throws Exception {
        final OperatorCommand nelumbo =
                launcher("echo working >&2; echo \"{\\\"got\\\":\\\"$*\\\"}\"");

        assertThat(nelumbo.answer(PATIENCE, "bench", "--seconds", "1").path("got").asText())
                .isEqualTo("bench --seconds 1 --json");
    }

    @Test
    void shouldSayWhatItComplainedOfWhenItFailed() throws Exception {
        final OperatorCommand nelumbo = launcher("echo '{\"lost\":2}'; echo no leader >&2; exit 3");

        assertThatThrownBy(() -> nelumbo.answer(PATIENCE, "devnet"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nelumbo devnet")
                .hasMessageContaining("exit code 3: no leader")
                .hasMessageEndingWith("{\"lost\":2}");
    }

    @Test
    void shouldSayThatItAnsweredNoJson() throws Exception {
        final OperatorCommand nelumbo = launcher("echo all is well");

        assertThatThrownBy(() -> nelumbo.answer(PATIENCE, "devnet"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected an answer of nelumbo devnet");
    }

    @Test
    void shouldStopItWhenItTakesTooLong() throws Exception {
        final OperatorCommand nelumbo = launcher("exec sleep 600");

        assertThatThrownBy(() -> nelumbo.answer(Duration.ZERO, "devnet"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("it runs after PT0S");
    }

    private OperatorCommand launcher(final String script) throws IOException {
        final Path launcher = folder.resolve("nelumbo");
        Files.writeString(launcher, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
        return new OperatorCommand(launcher, folder);
    }
}
