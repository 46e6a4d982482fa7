package io.nelumbo.publisher.chain.filecoin;

import static io.nelumbo.publisher.chain.filecoin.LibSecp256k1.COMPACT_BYTES;
import static io.nelumbo.publisher.chain.filecoin.LibSecp256k1.CONTEXT;
import static io.nelumbo.publisher.chain.filecoin.LibSecp256k1.DEFAULT_NONCE;
import static io.nelumbo.publisher.chain.filecoin.LibSecp256k1.HASH_BYTES;
import static io.nelumbo.publisher.chain.filecoin.LibSecp256k1.NO_MORE_ENTROPY;
import static io.nelumbo.publisher.chain.filecoin.LibSecp256k1.PARSED_PUBLIC_KEY_BYTES;
import static io.nelumbo.publisher.chain.filecoin.LibSecp256k1.PARSED_SIGNATURE_BYTES;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The curve under both kinds of secp256k1 accounts, which differ in what they hash and in how a
 * public key becomes an address. Signatures use the nonce of RFC 6979 and a low S, so that one hash
 * always gives the same 65 bytes: r, s, recovery id. Any thread.
 */
final class RecoverableSecp256k1 {
    static final int SIGNATURE_BYTES = 65;

    private static final int PUBLIC_KEY_BYTES = 65;
    private static final int WORD_BYTES = 32;
    private static final BigInteger HALF_ORDER =
            new BigInteger("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0", 16);

    private final NativeSecret privateKey;
    private final byte[] publicKey;
    private volatile boolean wiped;

    private RecoverableSecp256k1(final NativeSecret privateKey, final byte[] publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    static RecoverableSecp256k1 of(final byte[] privateKey) {
        if (privateKey.length != FilecoinKey.PRIVATE_KEY_BYTES) {
            throw MalformedValue.expected(
                    "private key",
                    FilecoinKey.PRIVATE_KEY_BYTES + " bytes",
                    privateKey.length + " bytes");
        }
        final NativeSecret secret = NativeSecret.copyOf(privateKey);
        if (!isKey(secret)) {
            secret.wipe();
            throw new MalformedValue(
                    "private key: expected a number from 1 to the order of secp256k1 less 1");
        }
        final byte[] parsed = new byte[PARSED_PUBLIC_KEY_BYTES];
        require(secret.read(key -> LibSecp256k1.secp256k1_ec_pubkey_create(CONTEXT, parsed, key)));
        return new RecoverableSecp256k1(secret, serialized(parsed));
    }

    static RecoverableSecp256k1 random(final SecureRandom random) {
        final byte[] candidate = new byte[FilecoinKey.PRIVATE_KEY_BYTES];
        try {
            while (true) {
                random.nextBytes(candidate);
                final NativeSecret secret = NativeSecret.copyOf(candidate);
                final boolean found = isKey(secret);
                secret.wipe();
                if (found) {
                    return of(candidate);
                }
            }
        } finally {
            Arrays.fill(candidate, (byte) 0);
        }
    }

    /** Uncompressed, 65 bytes; not to be written into. */
    byte[] publicKey() {
        return publicKey;
    }

    byte[] privateKey() {
        final byte[] copy = privateKey.bytes();
        // Looked at last: half a secret must not pass for one.
        if (wiped) {
            Arrays.fill(copy, (byte) 0);
            throw new IllegalStateException("the key was wiped");
        }
        return copy;
    }

    /** What there is of the private key, wiped or not. */
    byte[] secret() {
        return privateKey.bytes();
    }

    void wipe() {
        wiped = true;
        privateKey.wipe();
    }

    /** Signs a hash of 32 bytes. */
    byte[] sign(final byte[] hash) {
        requireHash(hash);
        final byte[] parsed = new byte[PARSED_SIGNATURE_BYTES];
        final int signed =
                privateKey.read(
                        key ->
                                LibSecp256k1.secp256k1_ecdsa_sign_recoverable(
                                        CONTEXT,
                                        parsed,
                                        hash,
                                        key,
                                        DEFAULT_NONCE,
                                        NO_MORE_ENTROPY));
        // Looked at last: what a half-wiped key signed must not get out.
        if (wiped) {
            throw new IllegalStateException("the key was wiped");
        }
        require(signed);
        final byte[] signature = new byte[SIGNATURE_BYTES];
        final int[] recoveryId = new int[1];
        require(
                LibSecp256k1.secp256k1_ecdsa_recoverable_signature_serialize_compact(
                        CONTEXT, signature, recoveryId, parsed));
        signature[COMPACT_BYTES] = (byte) recoveryId[0];
        return signature;
    }

    /** Whether a signature has a low S (EIP-2) and an ordinary recovery id, as ours all have. */
    static boolean isCanonical(final byte[] signature) {
        final BigInteger s = new BigInteger(1, signature, WORD_BYTES, WORD_BYTES);
        final int recoveryId = signature[COMPACT_BYTES];
        return s.compareTo(HALF_ORDER) <= 0 && (recoveryId == 0 || recoveryId == 1);
    }

    /** The public key that made a signature, 65 bytes, or null if none can have. */
    static byte @Nullable [] signer(final byte[] signature, final byte[] hash) {
        requireHash(hash);
        final int recoveryId = signature[COMPACT_BYTES];
        if (recoveryId < 0 || recoveryId > 3) {
            return null;
        }
        final byte[] parsed = new byte[PARSED_SIGNATURE_BYTES];
        final byte[] publicKey = new byte[PARSED_PUBLIC_KEY_BYTES];
        final boolean found =
                LibSecp256k1.secp256k1_ecdsa_recoverable_signature_parse_compact(
                                        CONTEXT, parsed, signature, recoveryId)
                                == 1
                        && LibSecp256k1.secp256k1_ecdsa_recover(CONTEXT, publicKey, parsed, hash)
                                == 1;
        return found ? serialized(publicKey) : null;
    }

    private static boolean isKey(final NativeSecret secret) {
        return secret.read(key -> LibSecp256k1.secp256k1_ec_seckey_verify(CONTEXT, key)) == 1;
    }

    private static byte[] serialized(final byte[] parsedPublicKey) {
        final byte[] publicKey = new byte[PUBLIC_KEY_BYTES];
        final long[] length = {PUBLIC_KEY_BYTES};
        require(
                LibSecp256k1.secp256k1_ec_pubkey_serialize(
                        CONTEXT, publicKey, length, parsedPublicKey, LibSecp256k1.UNCOMPRESSED));
        return publicKey;
    }

    /** The library reads as many bytes, whatever the array has. */
    private static void requireHash(final byte[] hash) {
        if (hash.length != HASH_BYTES) {
            throw new IllegalArgumentException(
                    "expected a hash of " + HASH_BYTES + " bytes but was " + hash.length);
        }
    }

    private static void require(final int answer) {
        if (answer != 1) {
            throw new IllegalStateException("expected a valid key but libsecp256k1 found none");
        }
    }
}
