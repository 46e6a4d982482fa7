package io.nelumbo.publisher.cli.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunFolderTest {

    @TempDir private Path parent;

    @Test
    void shouldDeleteAllThatIsInIt() throws IOException {
        try (RunFolder folder = RunFolder.in(parent, "run-")) {
            Files.createDirectories(folder.path().resolve("node-0/keystore"));
            Files.writeString(folder.path().resolve("node-0/keystore/key"), "secret");
        }

        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void shouldStayWhenItIsKept() throws IOException {
        final Path path;
        try (RunFolder folder = RunFolder.in(parent, "run-")) {
            path = Files.createFile(folder.path().resolve("node.log"));

            assertThat(folder.keep()).isTrue();
        }

        assertThat(path).exists();
    }

    @Test
    void shouldNotKeepWhatIsEmpty() throws IOException {
        try (RunFolder folder = RunFolder.in(parent, "run-")) {
            assertThat(folder.keep()).isFalse();
        }

        assertThat(parent).isEmptyDirectory();
    }
}
