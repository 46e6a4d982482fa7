package io.nelumbo.publisher.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nelumbo.publisher.chain.filecoin.FilecoinAddress;
import io.nelumbo.publisher.chain.filecoin.FilecoinKey;
import io.nelumbo.publisher.chain.filecoin.MalformedValue;
import io.nelumbo.publisher.chain.filecoin.SignatureType;
import io.nelumbo.publisher.jsonrpc.StrictJson;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sealed opens by the same passphrase only, here and elsewhere. */
final class SealingKeyTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final ScryptCost CHEAP = new ScryptCost(2, 8, 1);

    /** From RFC 7914, section 12: the beginning of its 64 bytes. */
    @Test
    void shouldDeriveAsTheStandardSays() {
        final KeyDerivation derivation =
                new KeyDerivation(
                        new ScryptCost(1024, 8, 16), "NaCl".getBytes(StandardCharsets.UTF_8));
        final SealingKey expected =
                new SealingKey(
                        derivation,
                        HEX.parseHex(
                                "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"));

        final SealingKey derived = SealingKey.derive(passphrase("password"), derivation);

        final FilecoinKey key = FilecoinKey.random(SignatureType.BLS, new SecureRandom());
        assertThat(expected.open(derived.seal(key, new SecureRandom())))
                .isEqualTo(key.privateKey());
    }

    /** From the Web3 Secure Storage Definition, its test vector for scrypt. */
    @Test
    void shouldOpenWhatOthersSealed() {
        final KeyDerivation derivation = new KeyDerivation(CHEAP, new byte[32]);
        final SealingKey key =
                new SealingKey(
                        derivation,
                        HEX.parseHex(
                                "fac192ceb5fd772906bea3e118a69e8bbb5cc24229e20d8766fd298291bba6bd"));
        final SealedKey sealed =
                new SealedKey(
                        FilecoinAddress.ofId(1),
                        SignatureType.DELEGATED,
                        derivation,
                        HEX.parseHex("83dbcc02d8ccb40e466191a123791e0e"),
                        HEX.parseHex(
                                "d172bf743a674da9cdad04534d56926ef8358534d458fffccd4e6ad2fbde479c"),
                        HEX.parseHex(
                                "2103ac29920d71da29f15d75b4a16dbe95cfd7ff8faea1056c33131d846e3097"));

        final byte[] secret = key.open(sealed);

        assertThat(secret)
                .isEqualTo(
                        HEX.parseHex(
                                "7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d"));
    }

    @Property(tries = 100)
    void shouldOpenBySamePassphraseAfterAnyRoundTrip(
            @ForAll final SignatureType type,
            @ForAll @StringLength(min = 1, max = 50) final String secret)
            throws Exception {
        final SecureRandom random = new SecureRandom();
        final FilecoinKey key = FilecoinKey.random(type, random);
        final KeyDerivation derivation = KeyDerivation.random(CHEAP, random);
        final SealedKey sealed =
                SealingKey.derive(passphrase(secret), derivation).seal(key, random);

        final byte[] json = new StoredKey.Sealed(sealed).json();
        final SealedKey read = SealedKeyJson.read(StrictJson.REQUESTS.read(json));

        assertThat(read).usingRecursiveComparison().isEqualTo(sealed);
        assertThat(read.address()).isEqualTo(key.address());
        final SealingKey same = SealingKey.derive(passphrase(secret), read.derivation());
        assertThat(same.open(read)).isEqualTo(key.privateKey());
        final SealingKey other = SealingKey.derive(passphrase(secret + "!"), read.derivation());
        assertThat(other.open(read)).isNull();
        final KeyDerivation anotherSalt = KeyDerivation.random(CHEAP, random);
        assertThat(SealingKey.derive(passphrase(secret), anotherSalt).open(read)).isNull();
    }

    @Test
    void shouldNeverEncryptTwiceAlike() {
        final FilecoinKey key = FilecoinKey.random(SignatureType.SECP256K1, new SecureRandom());
        final SealingKey sealing =
                SealingKey.derive(passphrase("a"), KeyDerivation.random(CHEAP, new SecureRandom()));

        assertThat(sealing.seal(key, new SecureRandom()).ciphertext())
                .isNotEqualTo(sealing.seal(key, new SecureRandom()).ciphertext());
    }

    @ParameterizedTest
    @CsvSource({
        "262144, 8, 1, true",
        "65536, 8, 4, true",
        "32768, 1, 8, true",
        "65536, 1, 8, false",
        "524288, 8, 1, false",
        "262144, 8, 5, false",
        "262144, 16, 1, false",
        "1048576, 2, 1, true",
        "2097152, 1, 1, false",
        "2, 33, 1, false",
        "2, 8, 17, false",
        "100, 8, 1, false",
        "-2147483648, 8, 1, false",
    })
    void shouldBoundWhatAFileMayAskFor(
            final int n, final int r, final int p, final boolean allowed) {
        if (allowed) {
            assertThat(new ScryptCost(n, r, p).n()).isEqualTo(n);
        } else {
            assertThatThrownBy(() -> new ScryptCost(n, r, p))
                    .isInstanceOf(MalformedValue.class)
                    .hasMessageStartingWith("scrypt: expected");
        }
    }

    @Test
    void shouldCostWhatOthersCost() {
        assertThat(ScryptCost.STANDARD).isEqualTo(new ScryptCost(262_144, 8, 1));
    }

    private static Passphrase passphrase(final String text) {
        return Passphrase.of(text.toCharArray());
    }
}
