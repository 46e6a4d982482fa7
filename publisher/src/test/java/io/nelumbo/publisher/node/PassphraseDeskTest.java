package io.nelumbo.publisher.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelumbo.config.WalletConfig;
import io.nelumbo.config.WalletConfig.PassphraseSource;
import io.nelumbo.publisher.wallet.Passphrase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A passphrase comes from where the configuration says, or there is none; never a wrong guess. */
final class PassphraseDeskTest {
    @TempDir Path folder;

    private final Deque<String> typing = new ArrayDeque<>();

    @Test
    void shouldReadTheFile() throws IOException {
        file("rw-------", "secret\n");

        assertSecret(desk(Map.of()).find(config(PassphraseSource.FILE)));
        assertSecret(desk(Map.of()).choose(config(PassphraseSource.FILE)));
    }

    @Test
    void shouldReadTheVariable() {
        final PassphraseDesk desk = desk(Map.of(WalletConfig.PASSPHRASE_VARIABLE, "secret"));

        assertSecret(desk.find(config(PassphraseSource.ENVIRONMENT)));
        assertThat(desk.find(config(PassphraseSource.NONE))).isNull();
    }

    @Test
    void shouldAskOnceToOpenAndTwiceToBegin() {
        typing.addAll(List.of("secret", "secret", "secret"));

        assertSecret(desk(Map.of()).find(config(PassphraseSource.PROMPT)));
        assertSecret(desk(Map.of()).choose(config(PassphraseSource.PROMPT)));

        assertThat(typing).isEmpty();
    }

    @Test
    void shouldRefuseTwoThatDiffer() {
        typing.addAll(List.of("secret", "secert"));

        assertThatThrownBy(() -> desk(Map.of()).choose(config(PassphraseSource.NONE)))
                .isInstanceOf(NodeRefused.class)
                .hasMessageContaining("twice");
    }

    @ParameterizedTest
    @EnumSource(PassphraseSource.class)
    void shouldFindNoneWhereThereIsNone(final PassphraseSource source) {
        final PassphraseDesk desk = desk(Map.of(WalletConfig.PASSPHRASE_VARIABLE, ""));

        assertThat(desk.find(config(source))).isNull();
        assertThatThrownBy(() -> desk.choose(config(source)))
                .isInstanceOf(NodeRefused.class)
                .hasMessageContaining("PassphraseSource");
        assertThatThrownBy(() -> desk.known(config(source))).isInstanceOf(NodeRefused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw-rw----"})
    void shouldRefuseFileThatOthersMayRead(final String mode) throws IOException {
        file(mode, "secret\n");

        assertThatThrownBy(() -> desk(Map.of()).find(config(PassphraseSource.FILE)))
                .isInstanceOf(NodeRefused.class)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void shouldRefuseEmptyFile() throws IOException {
        file("rw-------", "\n");

        assertThatThrownBy(() -> desk(Map.of()).find(config(PassphraseSource.FILE)))
                .isInstanceOf(NodeRefused.class)
                .hasMessageContaining("passphrase");
    }

    private PassphraseDesk desk(final Map<String, String> environment) {
        return new PassphraseDesk(environment, this::typed);
    }

    private char @Nullable [] typed(final String question) {
        final String next = typing.poll();
        return next == null ? null : next.toCharArray();
    }

    private WalletConfig config(final PassphraseSource source) {
        return new WalletConfig(folder.resolve("keystore"), source, folder.resolve("passphrase"));
    }

    private void file(final String mode, final String content) throws IOException {
        final Path file = folder.resolve("passphrase");
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private static void assertSecret(final @Nullable Passphrase passphrase) {
        assertThat(passphrase).isNotNull();
        assertThat(passphrase.matches(Passphrase.of("secret".toCharArray()))).isTrue();
    }
}
