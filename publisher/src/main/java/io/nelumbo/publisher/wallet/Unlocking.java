package io.nelumbo.publisher.wallet;

import io.nelumbo.publisher.chain.filecoin.ExportedKey;
import io.nelumbo.publisher.chain.filecoin.FilecoinKey;
import io.nelumbo.publisher.chain.filecoin.MalformedValue;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Opens the encrypted keys of one keystore with one passphrase, and derives once for each salt.
 * Owned by the thread that opens the wallet.
 */
final class Unlocking {
    private final Passphrase passphrase;
    private final Map<KeyDerivation, SealingKey> sealingKeys = new HashMap<>();
    private @Nullable SealingKey first;

    Unlocking(final Passphrase passphrase) {
        this.passphrase = passphrase;
    }

    /**
     * Throws {@link KeystoreFailure} for another passphrase, and for a key that was tampered with.
     */
    FilecoinKey open(final SealedKey sealed) {
        final SealingKey sealingKey =
                sealingKeys.computeIfAbsent(
                        sealed.derivation(),
                        derivation -> SealingKey.derive(passphrase, derivation));
        final byte[] secret = sealingKey.open(sealed);
        if (secret == null) {
            wipe();
            throw new KeystoreFailure(
                    "wrong passphrase: it does not open the key of "
                            + sealed.address()
                            + "; nothing was changed");
        }
        if (first == null) {
            first = sealingKey;
        }
        try {
            final FilecoinKey key = FilecoinKey.of(new ExportedKey(sealed.type(), secret));
            if (!key.address().equals(sealed.address())) {
                // The MAC covers the secret only.
                throw new KeystoreFailure(
                        "expected the key of "
                                + sealed.address()
                                + " in its file but was that of "
                                + key.address());
            }
            return key;
        } catch (final MalformedValue e) {
            throw new KeystoreFailure(
                    "no key in the file of " + sealed.address() + ": " + e.getMessage(), e);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** What new keys are encrypted with: what opened the first, or one with a new salt. */
    SealingKey sealingKey(final ScryptCost cost, final SecureRandom random) {
        final SealingKey chosen =
                first == null
                        ? SealingKey.derive(passphrase, KeyDerivation.random(cost, random))
                        : first;
        sealingKeys.values().forEach(key -> wipeUnless(key, chosen));
        return chosen;
    }

    private void wipe() {
        sealingKeys.values().forEach(SealingKey::wipe);
    }

    private static void wipeUnless(final SealingKey key, final SealingKey chosen) {
        if (key != chosen) {
            key.wipe();
        }
    }
}
