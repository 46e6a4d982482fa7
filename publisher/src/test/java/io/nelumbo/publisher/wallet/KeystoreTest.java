package io.nelumbo.publisher.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelumbo.publisher.chain.filecoin.KnownAccounts;
import io.nelumbo.publisher.chain.filecoin.Secp256k1Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is tried again after the disk failed half-way is answered with success only when it is
 * durable.
 */
final class KeystoreTest {
    private static final StoredKey KEY =
            new StoredKey.Plain(Secp256k1Key.of(KnownAccounts.PRIVATE_KEY));
    private static final String FILE = KnownAccounts.SENDER + ".key";

    private final List<Path> forced = new ArrayList<>();
    private boolean diskFails;
    private Keystore keystore;

    @TempDir Path parent;
    private Path folder;

    @BeforeEach
    void open() {
        folder = parent.resolve("keystore");
        keystore = Keystore.open(folder, this::force);
    }

    @Test
    void shouldForceTheFolderWhenAKeyIsThereFromATryBefore() {
        // given: a try that made the file, and failed when it made the name durable
        Keystore.open(folder).store(KEY);
        diskFails = true;

        // then: no success while the disk says no
        assertThatThrownBy(() -> keystore.store(KEY))
                .isInstanceOf(KeystoreFailure.class)
                .hasMessageContaining(FILE)
                .hasMessageContaining("the disk is gone");

        // and: success when it says yes
        diskFails = false;
        keystore.store(KEY);
        assertThat(forced).containsExactly(folder);
    }

    @Test
    void shouldGoOnWhenATryBeforeHasSetTheKeyAside() throws IOException {
        // given: a try that renamed the file, and failed when it made the name durable
        Keystore.open(folder).store(KEY);
        Files.move(folder.resolve(FILE), folder.resolve(".deleted-" + FILE));
        diskFails = true;

        // then
        assertThatThrownBy(() -> keystore.setAside(KnownAccounts.SENDER))
                .isInstanceOf(KeystoreFailure.class)
                .hasMessageContaining("the disk is gone");
        diskFails = false;
        assertThatCode(() -> keystore.setAside(KnownAccounts.SENDER)).doesNotThrowAnyException();
        assertThat(forced).containsExactly(folder);
    }

    @Test
    void shouldNotSetAsideAKeyWhoseFileSomebodyTook() {
        assertThatThrownBy(() -> keystore.setAside(KnownAccounts.SENDER))
                .isInstanceOf(KeystoreFailure.class)
                .hasCauseInstanceOf(NoSuchFileException.class);
    }

    private void force(final Path names) throws IOException {
        if (diskFails) {
            throw new IOException("the disk is gone");
        }
        forced.add(names);
    }
}
