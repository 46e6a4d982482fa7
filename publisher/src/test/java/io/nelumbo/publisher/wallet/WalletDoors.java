package io.nelumbo.publisher.wallet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nelumbo.publisher.chain.filecoin.ChainDoors;
import io.nelumbo.publisher.chain.filecoin.ExportedKey;
import io.nelumbo.publisher.chain.filecoin.FilecoinKey;
import io.nelumbo.publisher.chain.filecoin.KnownAccounts;
import io.nelumbo.publisher.chain.filecoin.SignatureType;
import io.nelumbo.publisher.fuzz.Door;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;

/** Keys that somebody hands over: as files of a keystore, or as text to import. */
public final class WalletDoors {
    private static final ExportedKey KEY =
            new ExportedKey(SignatureType.SECP256K1, KnownAccounts.PRIVATE_KEY);

    private WalletDoors() {}

    public static Stream<Door> all() {
        return Stream.of(
                new Door(
                        "key-file",
                        List.of(KeyText.json(KEY), sealed()),
                        bytes -> ChainDoors.takes(() -> checkFile(bytes))),
                Door.ofText(
                        "exported-key",
                        text -> ChainDoors.takes(() -> checkText(text)),
                        KeyText.hex(KEY),
                        new String(KeyText.json(KEY), UTF_8)));
    }

    private static void checkFile(final byte[] bytes) {
        final StoredKey key = StoredKey.parse(bytes);
        final StoredKey again = StoredKey.parse(key.json());
        assertThat(again.address()).isEqualTo(key.address());
    }

    private static void checkText(final String text) {
        final ExportedKey key = KeyText.parse(text);
        assertThat(KeyText.parse(KeyText.hex(key)).privateKey()).isEqualTo(key.privateKey());
    }

    private static byte[] sealed() {
        final SecureRandom random = new SecureRandom();
        final Passphrase passphrase = Passphrase.of("correct horse battery staple".toCharArray());
        final SealingKey sealing =
                SealingKey.derive(
                        passphrase, KeyDerivation.random(new ScryptCost(2, 8, 1), random));
        return new StoredKey.Sealed(sealing.seal(FilecoinKey.of(KEY), random)).json();
    }
}
