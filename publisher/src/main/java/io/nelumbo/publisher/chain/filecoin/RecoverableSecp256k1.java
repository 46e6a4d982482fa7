package io.nelumbo.publisher.chain.filecoin;

import fr.acinq.secp256k1.Secp256k1;
import fr.acinq.secp256k1.Secp256k1Exception;
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

    private static final Secp256k1 CURVE = Secp256k1.get();
    private static final int COMPACT_BYTES = 64;
    private static final int WORD_BYTES = 32;
    private static final BigInteger HALF_ORDER =
            new BigInteger("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0", 16);

    private final byte[] privateKey;
    private final byte[] publicKey;
    private volatile boolean wiped;

    private RecoverableSecp256k1(final byte[] privateKey, final byte[] publicKey) {
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
        if (!CURVE.secKeyVerify(privateKey)) {
            throw new MalformedValue(
                    "private key: expected a number from 1 to the order of secp256k1 less 1");
        }
        return new RecoverableSecp256k1(privateKey.clone(), CURVE.pubkeyCreate(privateKey));
    }

    static RecoverableSecp256k1 random(final SecureRandom random) {
        final byte[] candidate = new byte[FilecoinKey.PRIVATE_KEY_BYTES];
        try {
            do {
                random.nextBytes(candidate);
            } while (!CURVE.secKeyVerify(candidate));
            return of(candidate);
        } finally {
            Arrays.fill(candidate, (byte) 0);
        }
    }

    /** Uncompressed, 65 bytes; not to be written into. */
    byte[] publicKey() {
        return publicKey;
    }

    byte[] privateKey() {
        final byte[] copy = privateKey.clone();
        // Looked at last: half a secret must not pass for one.
        if (wiped) {
            Arrays.fill(copy, (byte) 0);
            throw new IllegalStateException("the key was wiped");
        }
        return copy;
    }

    void wipe() {
        wiped = true;
        Arrays.fill(privateKey, (byte) 0);
    }

    /** Signs a hash of 32 bytes. */
    byte[] sign(final byte[] hash) {
        final byte[] compact = CURVE.sign(hash, privateKey, null);
        final byte[] signature = Arrays.copyOf(compact, SIGNATURE_BYTES);
        // The library signs without telling the recovery id, so it costs one recovery to learn.
        // Ids 2 and 3 stand for an r beyond the group's order: one signature in 2^127.
        final boolean even = Arrays.equals(CURVE.ecdsaRecover(compact, hash, 0), publicKey);
        signature[COMPACT_BYTES] = (byte) (even ? 0 : 1);
        // Looked at last: what a half-wiped key signed must not get out.
        if (wiped) {
            throw new IllegalStateException("the key was wiped");
        }
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
        final int recoveryId = signature[COMPACT_BYTES];
        if (recoveryId < 0 || recoveryId > 3) {
            return null;
        }
        try {
            return CURVE.ecdsaRecover(Arrays.copyOf(signature, COMPACT_BYTES), hash, recoveryId);
        } catch (final Secp256k1Exception notOnTheCurve) {
            return null;
        }
    }
}
