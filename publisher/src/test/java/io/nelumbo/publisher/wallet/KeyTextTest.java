package io.nelumbo.publisher.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelumbo.publisher.chain.filecoin.ExportedKey;
import io.nelumbo.publisher.chain.filecoin.KnownAccounts;
import io.nelumbo.publisher.chain.filecoin.MalformedValue;
import io.nelumbo.publisher.chain.filecoin.SignatureType;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys travel to Lotus and back; what is no key is refused without being shown. */
final class KeyTextTest {
    private static final String JSON =
            "{\"Type\":\"secp256k1\",\"PrivateKey\":\"8VcW07ADswS4BV2cxi5rnIadVsyTDDhY1NfDH19T8Uo=\"}";

    @Test
    void shouldExportAsLotusDoes() {
        final ExportedKey key = new ExportedKey(SignatureType.SECP256K1, KnownAccounts.PRIVATE_KEY);

        assertThat(KeyText.hex(key))
                .isEqualTo(HexFormat.of().formatHex(JSON.getBytes(StandardCharsets.UTF_8)));
        assertThat(KeyText.parse(KeyText.hex(key) + "\n").privateKey())
                .isEqualTo(KnownAccounts.PRIVATE_KEY);
    }

    @Test
    void shouldImportTheJsonInside() {
        assertThat(KeyText.parse(" " + JSON).privateKey()).isEqualTo(KnownAccounts.PRIVATE_KEY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "zz",
                "7b",
                "7b7",
                "{\"Type\":\"secp256k1\",\"PrivateKey\":\"*secret*\"}",
                "{\"Type\":\"secp256k1\",\"PrivateKey\":[\"secret\"]}",
                "{\"Type\":\"secp256k1\",\"PrivateKey\":secret}",
                "{\"Type\":\"secp256k1\",\"PrivateKey\":\"secretsecretsecretsecretsecretsecret"
                        + "secretsecretsecretsecretsecretsecretsecretsecretsecretsecret\"}"
            })
    void shouldRefuseWhatIsNoKeyWithoutShowingIt(final String text) {
        assertThatThrownBy(() -> KeyText.parse(text))
                .isInstanceOf(MalformedValue.class)
                .hasMessageNotContaining("secretsecret")
                .hasMessageNotContaining("*secret*");
    }

    @Test
    void shouldRefuseLongText() {
        assertThatThrownBy(() -> KeyText.parse("7b".repeat(100_000)))
                .isInstanceOf(MalformedValue.class)
                .hasMessageContaining("4096");
    }
}
