package io.nelumbo.statemachine.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets are written whole, for their owner only, and never over one another by accident. */
final class SecretFileTest {
    @TempDir Path folder;

    @Test
    void shouldCreateForItsOwnerOnly() throws IOException {
        final Path file = folder.resolve("key");

        SecretFile.create(file, new byte[] {1, 2, 3});

        assertThat(SecretFile.read(file)).containsExactly(1, 2, 3);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(names()).containsExactly("key");
    }

    @Test
    void shouldNotCreateOverAnotherFile() throws IOException {
        final Path file = folder.resolve("key");
        SecretFile.create(file, new byte[] {1});

        assertThatThrownBy(() -> SecretFile.create(file, new byte[] {2}))
                .isInstanceOf(FileAlreadyExistsException.class);

        assertThat(SecretFile.read(file)).containsExactly(1);
        assertThat(names()).containsExactly("key");
    }

    @Test
    void shouldReplaceWhetherOrNotThereIsAFile() throws IOException {
        final Path file = folder.resolve("default");

        SecretFile.replace(file, new byte[] {1});
        SecretFile.replace(file, new byte[] {2});

        assertThat(SecretFile.read(file)).containsExactly(2);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(names()).containsExactly("default");
    }

    @Test
    void shouldLeaveNothingBehindWhenItCannotReplace() throws IOException {
        final Path file = folder.resolve("default");
        Files.createDirectories(file.resolve("not empty"));

        assertThatThrownBy(() -> SecretFile.replace(file, new byte[] {1}))
                .isInstanceOf(IOException.class);

        assertThat(names()).containsExactly("default");
    }

    @Test
    void shouldRenameOverAndRemove() throws IOException {
        final Path file = folder.resolve("key");
        final Path aside = folder.resolve(".deleted-key");
        SecretFile.create(aside, new byte[] {1});
        SecretFile.create(file, new byte[] {2});

        SecretFile.rename(file, aside);

        assertThat(SecretFile.read(aside)).containsExactly(2);
        assertThat(names()).containsExactly(".deleted-key");
        SecretFile.remove(aside);
        SecretFile.remove(aside);
        assertThat(names()).isEmpty();
    }

    @Test
    void shouldNotReadWhatIsNotThereOrTooLong() throws IOException {
        final Path file = folder.resolve("long");
        SecretFile.create(file, new byte[64 * 1024 + 1]);

        assertThatThrownBy(() -> SecretFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("65537");
        assertThatThrownBy(() -> SecretFile.read(folder.resolve("none")))
                .isInstanceOf(NoSuchFileException.class);
    }

    private Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList().stream();
        }
    }
}
