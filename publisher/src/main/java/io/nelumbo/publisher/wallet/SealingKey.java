package io.nelumbo.publisher.wallet;

import io.nelumbo.publisher.chain.filecoin.FilecoinKey;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.KeccakDigest;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.modes.CTRModeCipher;
import org.bouncycastle.crypto.modes.SICBlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.jspecify.annotations.Nullable;

/**
 * What a passphrase and a derivation come to: encrypts keys and decrypts them. A secret, which
 * {@link #wipe} overwrites. Any thread until then.
 *
 * <p>Source: Web3 Secure Storage Definition, version 3: AES-128 in counter mode with the first half
 * of the derived key, and a Keccak-256 over the second half and the ciphertext.
 */
final class SealingKey {
    static final int IV_BYTES = 16;
    static final int MAC_BYTES = 32;

    private static final int DERIVED_BYTES = 32;
    private static final int CIPHER_KEY_BYTES = 16;

    private final KeyDerivation derivation;
    private final byte[] derived;
    private volatile boolean wiped;

    SealingKey(final KeyDerivation derivation, final byte[] derived) {
        this.derivation = derivation;
        this.derived = derived;
    }

    /** Derives; takes as long and as much memory as the derivation's cost says. */
    static SealingKey derive(final Passphrase passphrase, final KeyDerivation derivation) {
        final ScryptCost cost = derivation.cost();
        return new SealingKey(
                derivation,
                SCrypt.generate(
                        passphrase.utf8(),
                        derivation.salt(),
                        cost.n(),
                        cost.r(),
                        cost.p(),
                        DERIVED_BYTES));
    }

    KeyDerivation derivation() {
        return derivation;
    }

    SealedKey seal(final FilecoinKey key, final SecureRandom random) {
        final byte[] iv = new byte[IV_BYTES];
        random.nextBytes(iv);
        final byte[] secret = key.privateKey();
        try {
            final byte[] ciphertext = crypt(secret, iv);
            final SealedKey sealed =
                    new SealedKey(
                            key.address(), key.type(), derivation, iv, ciphertext, mac(ciphertext));
            // Looked at last: what was sealed with zeros must not get to the disk.
            if (wiped) {
                throw new IllegalStateException("the wallet is closed");
            }
            return sealed;
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** The private key, which the caller wipes, or null if this is not what it was sealed with. */
    byte @Nullable [] open(final SealedKey sealed) {
        return MessageDigest.isEqual(mac(sealed.ciphertext()), sealed.mac())
                ? crypt(sealed.ciphertext(), sealed.iv())
                : null;
    }

    void wipe() {
        wiped = true;
        Arrays.fill(derived, (byte) 0);
    }

    @Override
    public String toString() {
        return "SealingKey[hidden]";
    }

    private byte[] crypt(final byte[] input, final byte[] iv) {
        final CTRModeCipher cipher = SICBlockCipher.newInstance(AESEngine.newInstance());
        cipher.init(true, new ParametersWithIV(new KeyParameter(derived, 0, CIPHER_KEY_BYTES), iv));
        final byte[] output = new byte[input.length];
        cipher.processBytes(input, 0, input.length, output, 0);
        return output;
    }

    private byte[] mac(final byte[] ciphertext) {
        final KeccakDigest digest = new KeccakDigest(MAC_BYTES * Byte.SIZE);
        digest.update(derived, CIPHER_KEY_BYTES, DERIVED_BYTES - CIPHER_KEY_BYTES);
        digest.update(ciphertext, 0, ciphertext.length);
        final byte[] mac = new byte[MAC_BYTES];
        digest.doFinal(mac, 0);
        return mac;
    }
}
