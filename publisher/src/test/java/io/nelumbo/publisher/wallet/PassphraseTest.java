package io.nelumbo.publisher.wallet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelumbo.publisher.chain.filecoin.MalformedValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PassphraseTest {

    @ParameterizedTest
    @CsvSource({"'schlüssel\n'", "'schlüssel\r\n'", "'schlüssel'"})
    void shouldReadOneLineOfAFile(final String content) {
        final Passphrase read = Passphrase.ofFile(content.getBytes(UTF_8));

        assertThat(read.matches(Passphrase.of("schlüssel".toCharArray()))).isTrue();
    }

    @Test
    void shouldKeepSpaceAndInnerLines() {
        assertThat(Passphrase.ofFile(" a\nb \n\n".getBytes(UTF_8)).utf8())
                .isEqualTo(" a\nb \n".getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1025})
    void shouldRefuseNoneAndTooMuch(final int length) {
        assertThatThrownBy(() -> Passphrase.of("x".repeat(length).toCharArray()))
                .isInstanceOf(MalformedValue.class);
        assertThatThrownBy(() -> Passphrase.ofFile(("x".repeat(length) + "\n").getBytes(UTF_8)))
                .isInstanceOf(MalformedValue.class);
    }

    @Test
    void shouldForgetOnceClosed() {
        final Passphrase passphrase = Passphrase.of("secret".toCharArray());

        passphrase.close();

        assertThat(passphrase.utf8()).containsOnly(0);
        assertThat(passphrase).hasToString("Passphrase[hidden]");
    }
}
