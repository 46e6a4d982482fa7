package io.nelumbo.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFolderTest {

    @TempDir private Path parent;

    @Test
    void shouldDeleteAllThatIsInIt() throws IOException {
        // given
        final Path path;
        try (WorkFolder folder = WorkFolder.inMemory(parent)) {
            path = folder.path();
            Files.createDirectories(path.resolve("a/b"));

            // when
            Files.writeString(path.resolve("a/b/c"), "c");
        }

        // then
        assertThat(path).doesNotExist();
    }

    @Test
    void shouldRefuseAFolderThatIsInMemoryWhereADiskIsMeasured() {
        final Path memory = Path.of("/dev/shm");
        assumeTrue(Files.isWritable(memory));

        assertThatThrownBy(() -> WorkFolder.onDisk(memory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("tmpfs");
    }
}
