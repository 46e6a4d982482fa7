package io.nelumbo.publisher.chain.filecoin;

import java.security.SecureRandom;

/**
 * A private key of one of the kinds that can send. Its address's protocol says which kind. Any
 * thread; its text does not give the secret away.
 */
public sealed interface FilecoinKey extends FilecoinSigner
        permits Secp256k1Key, BlsKey, DelegatedKey {
    /** Length of every private key. */
    int PRIVATE_KEY_BYTES = 32;

    /** What kind of signatures it makes. */
    SignatureType type();

    /**
     * The secret itself, as {@code KeyInfo} has it: a copy, which its taker wipes. Throws
     * IllegalStateException if it was overwritten.
     */
    byte[] privateKey();

    /** Overwrites the secret. Whoever signs with the key afterwards gets an exception. */
    void wipe();

    /** The key in an export (copied); throws {@link MalformedValue} if there is none. */
    static FilecoinKey of(final ExportedKey exported) {
        return switch (exported.type()) {
            case SECP256K1 -> Secp256k1Key.of(exported.privateKey());
            case BLS -> BlsKey.of(exported.privateKey());
            case DELEGATED -> DelegatedKey.of(exported.privateKey());
        };
    }

    /** A new key. */
    static FilecoinKey random(final SignatureType type, final SecureRandom random) {
        return switch (type) {
            case SECP256K1 -> Secp256k1Key.random(random);
            case BLS -> BlsKey.random(random);
            case DELEGATED -> DelegatedKey.random(random);
        };
    }
}
